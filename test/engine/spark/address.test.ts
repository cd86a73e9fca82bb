import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SegueError } from '#segue/core/errors.js';
import { parseSparkAddress, type SparkAddress, shownAddress, urlOf } from '#segue/engine/spark/address.js';

const PLAIN: SparkAddress = {
  host: 'spark.example.com',
  port: 15_002,
  tls: false,
  token: undefined,
  userId: undefined,
  sessionId: undefined,
  maxMessageBytes: 128 * 2 ** 20,
  headers: new Map(),
};

function refusal(text: string): SegueError {
  try {
    parseSparkAddress(text);
  } catch (error) {
    if (error instanceof SegueError) return error;
  }
  throw new Error(`${text} was not refused`);
}

describe('a connection string', () => {
  it.each<[string, Partial<SparkAddress>]>([
    ['sc://spark.example.com', {}],
    ['sc://spark.example.com/', {}],
    ['sc://spark.example.com:443/;', { port: 443 }],
    ['sc://spark.example.com:443/;use_ssl=true', { port: 443, tls: true }],
    ['sc://spark.example.com/;token=AB%3BC%3D;', { tls: true, token: 'AB;C=' }],
    ['sc://spark.example.com/;token=AB=;use_ssl=True', { tls: true, token: 'AB=' }],
    ['sc://127.0.0.1/;token=A;use_ssl=false', { host: '127.0.0.1', token: 'A' }],
    ['sc://[::1]:7/;user_id=Ana%20Lua', { host: '::1', port: 7, userId: 'Ana Lua' }],
    [
      'sc://spark.example.com/;session_id=550e8400-e29b-41d4-a716-446655440000',
      { sessionId: '550e8400-e29b-41d4-a716-446655440000' },
    ],
    ['sc://spark.example.com/;grpc_max_message_size=1048576', { maxMessageBytes: 2 ** 20 }],
    [
      'sc://spark.example.com/;x-databricks-cluster-id=0123-abc;X-Other=a b',
      {
        headers: new Map([
          ['x-databricks-cluster-id', '0123-abc'],
          ['x-other', 'a b'],
        ]),
      },
    ],
  ])('%s', (text, expected) => {
    expect(parseSparkAddress(text)).toEqual({ ...PLAIN, ...expected });
  });

  it('shows and calls IPv6 in brackets', () => {
    const address = parseSparkAddress('sc://[::1]:7/;token=secret');
    expect(shownAddress(address)).toBe('sc://[::1]:7');
    expect(urlOf(address)).toBe('https://[::1]:7');
  });

  it.each([
    ['spark://spark.example.com:7077', 'value: spark://spark.example.com:7077; limit: sc://host:port/'],
    ['sc://spark.example.com:443/path/;token=SECRET', 'value: sc://spark.example.com:443; limit'],
    ['sc://ana:SECRET@spark.example.com', 'value: (not shown); limit'],
    ['sc://spark.example.com;token=SECRET', 'value: sc://spark.example.com; limit'],
    ['SECRET token', 'value: (not shown); limit'],
    ['', 'value: (not shown); limit'],
    ['sc://spark.example.com:0', 'value: 0; limit: 1 to 65535'],
    ['sc://spark.example.com:65536', 'value: 65536; limit: 1 to 65535'],
    ['sc://spark.example.com/;tokn=SECRET', 'value: tokn; limit: token, use_ssl,'],
    ['sc://spark.example.com/;token=', 'token of the Spark address is empty'],
    ['sc://spark.example.com/;=SECRET', 'has no name; value: (not shown)'],
    ['sc://spark.example.com/;SECRET', 'has no name; value: (not shown)'],
    ['sc://spark.example.com/;token=SECRET%', 'token of the Spark address is not percent-encoded'],
    ['sc://spark.example.com/;token=SECRET%0A', 'token of the Spark address holds what no header may hold'],
    ['sc://spark.example.com/;x-a=SECRETé', 'x-a of the Spark address holds what no header may hold'],
    ['sc://spark.example.com/;token=SECRET;token=SECRET', 'token of the Spark address is given twice'],
    ['sc://spark.example.com/;x-a=SECRET;X-A=SECRET', 'X-A of the Spark address is given twice'],
    ['sc://spark.example.com/;use_ssl=yes', 'neither true nor false; value: yes'],
    ['sc://spark.example.com/;session_id=mine', 'session_id of the Spark address is not a UUID; value: mine'],
    ['sc://spark.example.com/;grpc_max_message_size=1e9', 'value: 1e9'],
    ['sc://spark.example.com/;token=SECRET;use_ssl=false', 'A token would go over the network without TLS'],
  ])('%s is refused', (text, told) => {
    const error = refusal(text);
    expect(error.code).toBe('SEGUE_USAGE');
    expect(error.message).toContain(told);
    expect(inspect(error)).not.toContain('SECRET');
  });

  it('gives every token and header as it was, whatever its characters', () => {
    const text = fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/);
    fc.assert(
      fc.property(text, text, (token, header) => {
        const encode = (value: string): string => encodeURIComponent(value);
        const address = parseSparkAddress(`sc://h/;token=${encode(token)};x-h=${encode(header)}`);
        expect(address.token).toBe(token);
        expect(address.headers.get('x-h')).toBe(header);
      }),
    );
  });
});
