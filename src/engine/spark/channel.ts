import { type Client, createClient, type Interceptor } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import { type SparkAddress, urlOf } from './address.js';
import { connectionTo } from './connection.js';
import { SparkConnectService } from './proto/spark/connect/base_pb.js';

/** Calls to a server, over one connection that is made when it is needed and made again when it broke. */
export interface Channel {
  readonly calls: Client<typeof SparkConnectService>;
  /** Breaks the connection, and with it the calls under way: the next call makes a new one. */
  reset(): void;
}

export function openChannel(address: SparkAddress): Channel {
  const baseUrl = urlOf(address);
  // no pings: servers of gRPC cut off who pings more often than every five minutes; a silent server is told by `execute`
  const sessionManager = connectionTo(baseUrl);
  const transport = createGrpcTransport({
    baseUrl,
    sessionManager,
    readMaxBytes: address.maxMessageBytes,
    interceptors: [withHeaders(address)],
  });
  return { calls: createClient(SparkConnectService, transport), reset: () => sessionManager.reset() };
}

function withHeaders({ token, headers }: SparkAddress): Interceptor {
  return (next) => (request) => {
    for (const [name, value] of headers) request.header.set(name, value);
    if (token !== undefined) request.header.set('authorization', `Bearer ${token}`);
    return next(request);
  };
}
