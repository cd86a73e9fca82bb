import { expect, it } from 'vitest';
import { exportJoblib } from '#segue/models/export/joblib.js';
import { exampleModel } from '../example.js';

/** All texts of a pickle, in order: modules, names, attributes. */
function textsOf(bytes: Buffer): string[] {
  const texts: string[] = [];
  for (let at = bytes.indexOf('X'); at !== -1; at = bytes.indexOf('X', at + 1)) {
    const length = bytes.readUInt32LE(at + 1);
    if (length < 100) texts.push(bytes.toString('utf8', at + 5, at + 5 + length));
  }
  return texts;
}

// The parity suite loads the file in scikit-learn. This says what it may touch there: public names, and nothing else.
it('calls public constructors and sets public attributes only', () => {
  const model = exampleModel({ k: 2, d: 2 });
  const texts = textsOf(Buffer.from(exportJoblib(model)));
  const joined = texts
    .join(' ')
    .replaceAll('numpy array float64', 'doubles')
    .replaceAll('builtins setattr ', 'set ')
    .replaceAll('builtins getattr ', 'get ')
    .replaceAll('builtins delattr ', 'delete ');
  expect(joined.split(/ (?=set|get|delete|sklearn)/)).toEqual([
    'sklearn.pipeline Pipeline scaler',
    'sklearn.preprocessing StandardScaler',
    'set mean_ doubles',
    'set scale_ doubles',
    'set var_ doubles',
    'set n_samples_seen_',
    'set n_features_in_',
    'set feature_names_in_ numpy array feature_0 feature_1 object kmeans',
    'sklearn.cluster KMeans',
    'set init doubles',
    'set n_init',
    'set max_iter',
    'get fit doubles',
    'delete labels_',
    'delete n_iter_',
    'delete inertia_',
    'set cluster_centers_ doubles',
    'set init k-means++',
    'set n_init',
    'set max_iter',
    'set tol',
    'set random_state',
    `set segue_model_version ${model.version}`,
  ]);
  expect(texts.filter((text) => text.startsWith('_'))).toEqual([]);
});
