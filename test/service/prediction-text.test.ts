import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { liveModel } from '#segue/service/live-model.js';
import { predictAlone, UNTOLD } from '#segue/service/prediction.js';
import { predictionText } from '#segue/service/prediction-text.js';
import { exampleModel } from '../models/example.js';
import { exampleProfile } from './world.js';

const MODELS = [exampleModel(), exampleModel({ k: 1 }), exampleModel({ k: 7, d: 3, seed: 9 })].map((model) =>
  liveModel({ model, profile: exampleProfile(model) }, new Date(0)),
);

it.each(MODELS)('is the JSON of the prediction, byte for byte, by $version', (live) => {
  const { features } = live.contract;
  const value = fc.oneof(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(0, -0, 5e-324, 1e21, 1e-7, 1e308),
  );
  const tracks = fc.tuple(...features.map(() => value));
  fc.assert(
    fc.property(tracks, (values) => {
      const track = Object.fromEntries(features.map(({ name }, j) => [name, values[j]!]));
      expect(predictionText(live, track, UNTOLD)).toBe(JSON.stringify(predictAlone(live, track, UNTOLD)));
    }),
    { numRuns: 2000 },
  );
});
