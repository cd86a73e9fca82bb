import { type Draws, SLOT } from './draws.js';

const encoder = new TextEncoder();
const encoded = (words: string): Uint8Array[] => words.split(' ').map((word) => encoder.encode(word));

const SPACE = encoder.encode(' ');
const COMMA_SPACE = encoder.encode(', ');
const LINE_BREAK = encoder.encode('\n');
const QUOTE = encoder.encode('"');
const DOUBLED_QUOTE = encoder.encode('""');

const ARTIST_OPENINGS = encoded(
  'Al Bel Bran Cal Cor Da Del Dor El Fen Fio Gal Hal Il Jo Kar Ko Lan Lu Mar Mi Nel No Or Pa Pel Ra Ros Sal Sol Ta Tor Val Ver Vi Zan',
);
const ARTIST_MIDDLES = encoded('a be ca de di e ga i ka la le li ma mi na ne o ra re ri so ta te vo');
const ARTIST_ENDINGS = encoded(
  'bra dan den don dra gan go han ka kin la lan len lis lo man mas mer mo na nell ner nis no ra rek ren ris ro sa sen son ta than tis to vin wyn',
);
const ARTIST_PREFIXES = encoded('The DJ Los Grupo Trio Orchestra');

const TITLE_WORDS = encoded(
  'After Again Alone Always Arms Away Baby Back Beautiful Blue Breathe Broken City Cold Come Dance Dark Dawn Day Days Dream Dust ' +
    'Easy Echo Empty End Every Eyes Fall Far Fire Floor For Free Ghost Gold Gone Good Hands Heart Heaven Heavy High Hold Home Hour ' +
    'House I In Into It Know Last Late Leave Let Light Like Line Little Lonely Long Lost Love Machine Me Midnight Mind Moon Morning ' +
    'Mother Moving My Never New Night No Nothing Now Ocean Of Old On One Only Open Other Out Over Part Place Quiet Rain Red Remember ' +
    'River Road Room Run Sea Secret Shadow She Shine Silent Silver Sky Sleep Slow Small Smoke Snow Some Song Soul Star Stay Still ' +
    'Stone Storm Street Summer Sun Sweet Take Tell The Theme Then There Time To Together Tomorrow Tonight Train Tree True Under Up ' +
    'Wait Walk Wall Water Way We What When White Wild Wind Window Winter With Without Woman World Yesterday You Young Your',
);
const ODD_WORDS = encoded(
  'Ámame Árvore Blå Château Coração Déjà Été Für Já Łódź Más Niño Öl Où São Señor Sjö Straße Über İstanbul ' +
    'Ночь Любовь Αγάπη שלום حبيبي प्यार 愛 夜空 サクラ 사랑 🎵 🔥 💔 🌙✨ 👩‍🎤',
);

/** How many words a title has; each entry is as likely as the others. */
const TITLE_LENGTHS = [1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 6] as const;

/** What makes a title hard to read for a program. */
export interface TitleQuirks {
  comma: boolean;
  quote: boolean;
  lineBreak: boolean;
  nonAscii: boolean;
}

/** Writes the made-up name of an artist, the same one for the same number, and returns the offset behind it. */
export function putArtist(bytes: Uint8Array, start: number, artist: number, draws: Draws): number {
  const form = draws.below(SLOT.artistName, artist, 16);
  if (form < 5) return putArtistWord(bytes, start, draws.word(SLOT.artistName + 1, artist));
  const first =
    form < 8
      ? put(bytes, start, pick(ARTIST_PREFIXES, draws.word(SLOT.artistName + 3, artist)))
      : putArtistWord(bytes, start, draws.word(SLOT.artistName + 2, artist));
  return putArtistWord(bytes, put(bytes, first, SPACE), draws.word(SLOT.artistName + 1, artist));
}

/** Writes a title of common words, quoted if one of the quirks asks for it, and returns the offset behind it. */
export function putTitle(
  bytes: Uint8Array,
  start: number,
  row: number,
  quirks: TitleQuirks,
  draws: Draws,
): number {
  const { comma, quote, lineBreak, nonAscii } = quirks;
  const quoted = comma || quote || lineBreak;
  const length = TITLE_LENGTHS[draws.below(SLOT.titleLength, row, TITLE_LENGTHS.length)]!;
  const words = Math.max(length, 1 + Number(comma) + Number(lineBreak));

  let at = quoted ? put(bytes, start, QUOTE) : start;
  for (let i = 0; i < words; i += 1) {
    if (i > 0)
      at = put(bytes, at, i === 1 && comma ? COMMA_SPACE : i === words - 1 && lineBreak ? LINE_BREAK : SPACE);
    const marked = i === 0 && quote;
    if (marked) at = put(bytes, at, DOUBLED_QUOTE);
    at = put(
      bytes,
      at,
      pick(i === words - 1 && nonAscii ? ODD_WORDS : TITLE_WORDS, draws.word(SLOT.titleWord + i, row)),
    );
    if (marked) at = put(bytes, at, DOUBLED_QUOTE);
  }
  return quoted ? put(bytes, at, QUOTE) : at;
}

/** Writes bytes and returns the offset behind them. */
export function put(bytes: Uint8Array, at: number, text: Uint8Array): number {
  for (let i = 0; i < text.length; i += 1) bytes[at + i] = text[i]!; // for a few bytes quicker than `set`
  return at + text.length;
}

function putArtistWord(bytes: Uint8Array, start: number, word: number): number {
  let at = put(bytes, start, pick(ARTIST_OPENINGS, word));
  const middle = Math.floor(word / 64) % 48; // half of the names have none
  if (middle < ARTIST_MIDDLES.length) at = put(bytes, at, ARTIST_MIDDLES[middle]!);
  return put(bytes, at, pick(ARTIST_ENDINGS, Math.floor(word / 4096)));
}

function pick(words: readonly Uint8Array[], word: number): Uint8Array {
  return words[word % words.length]!;
}
