import { type Feature, SPOTIFY_FEATURES } from '../../features/contract.js';
import { loadModel } from '../../models/files.js';
import { compile, predictOne } from '../../models/predict.js';
import { printJson, printLines } from '../output.js';
import { number } from '../parse.js';
import { chosenVersion } from './chosen-version.js';
import { type AddCommand, type CommonOptions, homeOf, withCommon, withJson } from './common.js';

type Options = CommonOptions &
  Readonly<Record<string, unknown>> & { readonly json?: boolean; readonly model?: string };

/** `segue predict`: the segment of one track, from the shell. */
export const addPredict: AddCommand = (program, { io }) => {
  const command = program
    .command('predict')
    .description('the segment of one track')
    .option('--model <version>', 'a version; without it, the one in production');
  for (const feature of SPOTIFY_FEATURES.features) {
    command.requiredOption(`--${feature.name} <number>`, describe(feature), parserOf(feature));
  }
  withJson(withCommon(command)).action(async (options: Options) => {
    const home = homeOf(options);
    const model = await loadModel(home, await chosenVersion(home, options.model));
    const values = model.contract.features.map(({ name }) => options[name] as number);
    const { cluster_id, distance, runner_up, margin } = predictOne(compile(model), values);
    const segment = model.segments[cluster_id]!.name;
    if (options.json)
      return printJson(io, {
        cluster_id,
        model_version: model.version,
        segment,
        distance,
        runner_up,
        margin,
      });
    printLines(
      io,
      `segment ${cluster_id} (${segment.en}), model ${model.version}`,
      `distance ${distance.toFixed(3)} sd${runner_up === null ? '' : `; next: segment ${runner_up.cluster_id} at ${runner_up.distance.toFixed(3)} sd`}`,
    );
  });
};

function describe({ description, unit, example }: Feature): string {
  return `${description.en}${unit === '' ? '' : ` (${unit})`}; such as ${example}`;
}

function parserOf({ request }: Feature): (text: string) => number {
  const { minimum, exclusiveMinimum, maximum } = request;
  return number({ minimum, exclusiveMinimum, maximum });
}
