import type { Cell, Dialect, SqlEngine } from './sql-engine.js';

/** A file on the storage that a cluster reads. */
export interface ClusterFile {
  /** As it is given to `lines`, `contents` and `tables`. */
  readonly path: string;
  /** As these name it in `"#path"`. */
  readonly uri: string;
  readonly bytes: number;
  /** Time of the last change, as text that is equal iff the time is. */
  readonly changed: string;
}

/** A stretch of a file. */
export interface FilePiece {
  readonly uri: string;
  /** Its place in the file. */
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** A column of a relation on a cluster. */
export interface ClusterColumn {
  readonly name: string;
  readonly kind: 'number' | 'text' | 'list' | 'other';
}

/** Rows that this machine gives a cluster. */
export interface LocalRows {
  readonly columns: readonly { readonly name: string; readonly type: 'text' | 'integer' | 'texts' }[];
  readonly rows: readonly (readonly (string | bigint | readonly string[] | null)[])[];
}

/** What a cluster says of texts, in its own way. */
export interface ClusterDialect extends Dialect {
  /** Whether a text holds what the regular expression describes. Expressions are those that JavaScript and Java read alike. */
  matches(text: string, pattern: string): string;
  /** Whether the bytes of a text are UTF-8. */
  isUtf8(text: string): string;
  /** The parts of a text between the characters of one kind, as a list. */
  split(text: string, delimiter: string): string;
  /** The first group of each match, as a list. */
  matchesOf(text: string, pattern: string): string;
  /** Aggregates distinct numbers to a text of them, parted by commas. */
  distinct(number: string): string;
  /** A list, item by item. */
  mapped(list: string, item: (name: string) => string): string;
  /** Item i, from 0; NULL beyond the end. */
  item(list: string, i: number): string;
  length(list: string): string;
  /** A list of anything as text, its items parted by a separator. */
  joined(list: string, separator: string): string;
  /** Columns as one value with fields of their names. */
  struct(columns: readonly string[]): string;
  /** Such a value as a JSON object. */
  json(struct: string): string;
}

/**
 * An SQL engine of many machines, with storage of its own. What is read there is a relation (a name for FROM) that lasts as long as the
 * session; paths never stand in SQL.
 */
export interface Cluster extends SqlEngine {
  readonly dialect: ClusterDialect;
  /** The engine's name and version, for reports: `Spark 4.1.4`. */
  readonly name: string;
  readonly signal: AbortSignal | undefined;
  /** Hears how far the cluster is with the work under way. */
  onProgress: (done: number, tasks: number) => void;
  /**
   * The file of this path, the files of the folder (with its folders), or those that match the glob. Files that Hadoop takes for hidden
   * (`_…`, `.…`) are left out.
   *
   * @returns in the order of their paths; undefined if there is no such file or folder
   */
  files(path: string, isGlob: boolean): Promise<readonly ClusterFile[] | undefined>;
  /**
   * Says how many bytes of files are to be read in all, by which the cluster cuts files into blocks. Every read of a file after it cuts the
   * file alike.
   */
  expect(bytes: number): Promise<void>;
  /**
   * Lines of texts, ended by line feeds, as `"#path"`, `"#block"` (place in the file of the block that the line was read with), `"#id"`
   * (rising within a block by one) and `"#text"`, whose bytes are those of the file, UTF-8 or not.
   */
  lines(paths: readonly string[]): Promise<string>;
  /** Whole files as `"#path"`, `"#bytes"` and `"#content"`. */
  contents(paths: readonly string[]): Promise<string>;
  /** The bytes of whole files, piece by piece in no order. */
  pieces(paths: readonly string[]): AsyncIterable<FilePiece>;
  /** Rows of Parquet files of one schema, with `"#path"` and `"#row"` (from 0). */
  tables(paths: readonly string[]): Promise<string>;
  /** Names and kinds of a relation's columns. */
  columns(from: string): Promise<readonly ClusterColumn[]>;
  /** A relation of rows that are sent there. */
  upload(rows: LocalRows): Promise<string>;
  /** Streams the rows of a query, in its order; BINARY comes as bytes. */
  stream(sql: string): AsyncIterable<readonly Record<string, Cell | Uint8Array>[]>;
  /**
   * Writes the rows of a query as a folder of Parquet files, in place of what is there. Sorted rows stay so over the files in the order of
   * their names.
   *
   * @param rowsPerFile so that each can be brought here in few pieces; without it they are written for the cluster to read once
   */
  write(sql: string, folder: string, rowsPerFile?: number): Promise<void>;
  /** Whether an error is of a file that can't be read: damaged, cut off, of another kind than its name says. */
  isReadingFault(error: unknown): boolean;
  /** Ends its session. */
  close(): Promise<void>;
}
