import type { FastifyBaseLogger } from 'fastify';
import type { CatalogueEvent } from '../playlists/catalogue.js';

/** Writes what happens to the catalogue into the log. Track ids never come here. */
export function catalogueLog(logger: FastifyBaseLogger): (event: CatalogueEvent) => void {
  return (told) => {
    switch (told.event) {
      case 'ready':
        logger.info({ model: told.version, tracks: told.tracks, built: told.built }, 'catalogue serves');
        break;
      case 'none':
        logger.warn({ model: told.version }, 'no dataset of this model: no playlists');
        break;
      case 'damaged':
        logger.warn({ model: told.version, fault: told.fault }, 'the track index is made again');
        break;
      case 'failed':
        logger.error({ model: told.version, err: told.error }, 'the catalogue cannot be loaded');
        break;
      case 'thread died':
        logger.error({ err: told.error }, 'the playlist thread died; another one takes its place');
        break;
      default:
        told satisfies never;
    }
  };
}
