import type { Model } from '../format.js';
import {
  call,
  float,
  floats,
  global,
  int,
  list,
  object,
  type Python,
  type PythonObject,
  pickle,
  tuple,
} from './pickle.js';

/**
 * The model as a fitted scikit-learn `Pipeline([('scaler', StandardScaler()), ('kmeans', KMeans(k))])`, for `joblib.load` (or
 * `pickle.load`).
 *
 * The file calls public constructors, then sets public attributes, so it belongs to no version of scikit-learn and no version warns
 * of it. What `predict` needs beside those attributes, `KMeans.fit` makes: it is called once, on k different rows that are centroids
 * already, before the true ones are set. `labels_`, `n_iter_` and `inertia_` would tell of that call and are removed; the model does
 * not know its own.
 *
 * Feature names are set: a DataFrame with its columns in another order is refused instead of misread. Labels are those of
 * `predictOne`, but for rows so near to a boundary that rounding decides (both distances equal to about 1e-15): scikit-learn expands
 * the square of the distance, which rounds otherwise.
 */
export function exportJoblib(model: Model): Uint8Array {
  const { contract, scaler, centroids, training, lineage, version } = model;
  const names = contract.features.map(({ name }) => name);

  const standardScaler = object(call(global('sklearn.preprocessing', 'StandardScaler')), (self) =>
    assign(self, {
      mean_: doubles(floats(scaler.mean)),
      scale_: doubles(floats(scaler.sd)),
      var_: doubles(floats(scaler.sd.map((sd) => sd * sd))),
      n_samples_seen_: int(lineage.train_rows),
      n_features_in_: int(names.length),
      feature_names_in_: call(global('numpy', 'array'), list(names), 'object'),
    }),
  );
  const distinct = doubles(list(centroids.map((centroid, c) => floats(centroid.map(() => c)))));
  const kMeans = object(call(global('sklearn.cluster', 'KMeans'), int(training.k)), (self) => [
    ...assign(self, { init: distinct, n_init: int(1), max_iter: int(1) }),
    call(attribute(self, 'fit'), distinct),
    ...['labels_', 'n_iter_', 'inertia_'].map((name) => call(global('builtins', 'delattr'), self, name)),
    ...assign(self, {
      cluster_centers_: doubles(list(centroids.map(floats))),
      init: 'k-means++',
      n_init: int(training.starts),
      max_iter: int(training.max_iterations),
      tol: float(training.tolerance),
      random_state: int(training.seed),
    }),
  ]);
  const steps = list([tuple('scaler', standardScaler), tuple('kmeans', kMeans)]);
  const pipeline = object(call(global('sklearn.pipeline', 'Pipeline'), steps), (self) =>
    assign(self, { segue_model_version: version }),
  );
  return pickle(pipeline);
}

function assign(self: PythonObject, values: Readonly<Record<string, Python>>): Python[] {
  return Object.entries(values).map(([name, value]) =>
    call(global('builtins', 'setattr'), self, name, value),
  );
}

function attribute(self: PythonObject, name: string): Python {
  return call(global('builtins', 'getattr'), self, name);
}

function doubles(values: Python): Python {
  return call(global('numpy', 'array'), values, 'float64');
}
