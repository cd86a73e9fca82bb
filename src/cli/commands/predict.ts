import { type Feature, SPOTIFY_FEATURES } from '../../features/contract.js';
import { loadVersion } from '../../models/files.js';
import { pinnedNames } from '../../models/pin.js';
import { liveModel } from '../../service/live-model.js';
import { type LonePrediction, predictAlone, UNTOLD } from '../../service/prediction.js';
import { type Io, printJson, printLines, printTable } from '../output.js';
import { number } from '../parse.js';
import { chosenVersion } from './chosen-version.js';
import { type AddCommand, type CommonOptions, homeOf, withCommon, withJson } from './common.js';

type Options = CommonOptions &
  Readonly<Record<string, unknown>> & { readonly json?: boolean; readonly model?: string };

/** `segue predict`: the segment of one track, and why, from the shell. */
export const addPredict: AddCommand = (program, { io }) => {
  const command = program
    .command('predict')
    .description('the segment of one track, and why')
    .option('--model <version>', 'a version; without it, the one in production');
  for (const feature of SPOTIFY_FEATURES.features) {
    command.requiredOption(`--${feature.name} <number>`, describe(feature), parserOf(feature));
  }
  withJson(withCommon(command)).action(async (options: Options) => {
    const home = homeOf(options);
    const version = await loadVersion(home, await chosenVersion(home, options.model));
    const live = liveModel(version, new Date(), await pinnedNames(home));
    const track = Object.fromEntries(
      live.contract.features.map(({ name }) => [name, options[name] as number]),
    );
    const prediction = predictAlone(live, track, UNTOLD);
    if (options.json) return printJson(io, prediction);
    tell(io, prediction, track);
  });
};

/** The answer in words: the segment, what speaks for it, and what to be careful about. */
function tell(io: Io, prediction: LonePrediction, track: Readonly<Record<string, number>>): void {
  const { cluster_id, segment, model_version, distance, runner_up, contributions } = prediction;
  const next = runner_up === null ? '' : `; next: ${named(runner_up)} at ${runner_up.distance.toFixed(3)} sd`;
  printLines(
    io,
    `${named({ cluster_id, segment })}, ${segment.segment_id}, model ${model_version}`,
    `distance ${distance.toFixed(3)} sd${next}`,
  );
  if (runner_up !== null && contributions !== null) {
    printLines(io, '');
    printTable(
      io,
      ['feature', 'sd', 'speaks for'],
      contributions.map(({ feature, contribution }) => [
        feature,
        `${contribution < 0 ? '' : '+'}${contribution.toFixed(3)}`,
        contribution === 0 ? 'neither' : named(contribution > 0 ? prediction : runner_up),
      ]),
    );
  }
  if (prediction.unassigned)
    printLines(io, '', 'Farther away than 99.9 % of the segment’s training tracks: unassigned.');
  for (const { feature, limit, side } of prediction.out_of_catalogue)
    printLines(io, `${feature} ${track[feature]} is ${side} all training tracks (${limit}).`);
}

function named({ cluster_id, segment }: Pick<LonePrediction, 'cluster_id' | 'segment'>): string {
  return `segment ${cluster_id} (${segment.name.en})`;
}

function describe({ description, unit, example }: Feature): string {
  return `${description.en}${unit === '' ? '' : ` (${unit})`}; such as ${example}`;
}

function parserOf({ request }: Feature): (text: string) => number {
  const { minimum, exclusiveMinimum, maximum } = request;
  return number({ minimum, exclusiveMinimum, maximum });
}
