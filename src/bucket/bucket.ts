import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type * as Sdk from '@aws-sdk/client-s3';
import { parseBucketAddress } from './address.js';
import { isNamed, isStatus, unreachable } from './failures.js';

/** What Segue asks of an S3-compatible bucket. Keys are relative to the address's prefix. */
export interface Bucket {
  /** Bytes of an object; undefined where there is none. */
  read(key: string): Promise<Buffer | undefined>;
  /** Makes an object; false where there is one of that key: of several that make it at once, one succeeds. */
  create(key: string, bytes: Buffer): Promise<boolean>;
  /** Writes an object, over the one that is there: for what has one writer only. */
  write(key: string, bytes: Buffer): Promise<void>;
  /** Keys that begin so, in order. */
  list(prefix: string): Promise<readonly string[]>;
  /** As `create`, with the bytes of a file. */
  send(key: string, file: string): Promise<boolean>;
  /** Writes an object's bytes to a file; false where there is no such object. */
  fetch(key: string, file: string): Promise<boolean>;
  /** Removes an object, if there is one. */
  remove(key: string): Promise<void>;
}

const CONNECT_MS = 5_000;
const ANSWER_MS = 60_000;

/** What is sent from memory, so that the client can send it again; a stream can't go back. */
const RETRIED_BYTES = 16 * 1024 ** 2;

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** One for each address: connections are kept. */
const opened = new Map<string, Promise<Bucket>>();

/**
 * The bucket at an address. Endpoint, region and credentials are those of the AWS SDK's chain: `AWS_ENDPOINT_URL_S3`, `AWS_REGION`,
 * `AWS_ACCESS_KEY_ID`, profiles, web identities, the roles of a container or a machine. Every method throws SEGUE_REGISTRY_UNREACHABLE.
 *
 * @throws SegueError SEGUE_USAGE where it isn't one
 */
export function openBucket(address: string): Promise<Bucket> {
  const known = opened.get(address);
  if (known !== undefined) return known;
  const opening = connect(address);
  opened.set(address, opening);
  return opening;
}

async function connect(address: string): Promise<Bucket> {
  const { bucket, prefix } = parseBucketAddress(address);
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'; // of releases to come; this one is pinned
  const sdk = await import('@aws-sdk/client-s3'); // 13 MB: only who has a bucket loads it
  const client = new sdk.S3Client({
    // a store of one's own seldom has a host name for each bucket
    forcePathStyle: Boolean(process.env['AWS_ENDPOINT_URL_S3'] ?? process.env['AWS_ENDPOINT_URL']),
    region: process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'] ?? 'us-east-1',
    // other stores don't know the SDK's own checksums; what is kept there has SHA-256 of our own
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    logger: silent, // what matters is thrown
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: ANSWER_MS },
  });
  return bucketOf(sdk, client, bucket, prefix, address);
}

function bucketOf(
  sdk: typeof Sdk,
  client: Sdk.S3Client,
  bucket: string,
  prefix: string,
  address: string,
): Bucket {
  const at = (key: string) => ({ Bucket: bucket, Key: `${prefix}${key}` });

  const put = async (input: Omit<Sdk.PutObjectCommandInput, 'IfNoneMatch'>): Promise<boolean> => {
    try {
      await client.send(new sdk.PutObjectCommand({ ...input, IfNoneMatch: '*' }));
      return true;
    } catch (error) {
      if (isStatus(error, 412, 409)) return false; // 409: another one was being made
      throw unreachable(address, error);
    }
  };

  const get = async (key: string): Promise<Sdk.GetObjectCommandOutput['Body']> => {
    try {
      return (await client.send(new sdk.GetObjectCommand(at(key)))).Body;
    } catch (error) {
      if (isStatus(error, 404) && !isNamed(error, 'NoSuchBucket')) return undefined;
      throw unreachable(address, error);
    }
  };

  const received = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw unreachable(address, error);
    }
  };

  return {
    async read(key) {
      const body = await get(key);
      return body === undefined ? undefined : Buffer.from(await received(body.transformToByteArray()));
    },
    create: (key, bytes) => put({ ...at(key), Body: bytes }),
    async write(key, bytes) {
      await received(client.send(new sdk.PutObjectCommand({ ...at(key), Body: bytes })));
    },
    async list(begin) {
      const keys: string[] = [];
      let next: string | undefined;
      do {
        const page: Sdk.ListObjectsV2CommandOutput = await received(
          client.send(
            new sdk.ListObjectsV2Command({
              Bucket: bucket,
              Prefix: `${prefix}${begin}`,
              ContinuationToken: next,
            }),
          ),
        );
        keys.push(...(page.Contents ?? []).map(({ Key = '' }) => Key.slice(prefix.length)));
        next = page.NextContinuationToken;
      } while (next !== undefined);
      return keys;
    },
    async send(key, file) {
      const { size } = await stat(file);
      if (size <= RETRIED_BYTES) return put({ ...at(key), Body: await readFile(file) });
      return put({ ...at(key), Body: createReadStream(file), ContentLength: size });
    },
    async fetch(key, file) {
      const body = await get(key);
      if (body === undefined) return false;
      await received(pipeline(body as Readable, createWriteStream(file, { flush: true })));
      return true;
    },
    async remove(key) {
      await received(client.send(new sdk.DeleteObjectCommand(at(key))));
    },
  };
}
