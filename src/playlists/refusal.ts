/** Why a request for tracks can't be served. */
export type RefusalCode = 'track_not_found' | 'catalogue_loading' | 'no_catalogue' | 'overloaded';

/** Thrown where a request is right but can't be served now or here. */
export class CatalogueRefusal extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode) {
    super(code);
    this.name = 'CatalogueRefusal';
    this.code = code;
  }
}
