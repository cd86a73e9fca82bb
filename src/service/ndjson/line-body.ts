import { Socket } from 'node:net';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { wrongContentType } from '../json-body.js';
import type { Ask, RouteLines } from '../route.js';
import { answerLines } from './answer-lines.js';
import { NDJSON } from './media-type.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the operation also takes a stream of lines. */
    readonly takesLines?: boolean;
  }
}

/** How long a stream may stand still, in milliseconds; it has no other limit of time. */
const IDLE_MS = 30_000;

/** A body that is read line by line. */
export class LineBody {
  readonly chunks: AsyncIterable<Buffer>;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.chunks = chunks;
  }
}

const streaming = new WeakSet<Socket>();

/** Whether a stream of lines is under way on the connection, whose request may take longer than others. */
export function isStreaming(socket: Socket): boolean {
  return streaming.has(socket);
}

/** Hands bodies of lines over unread, to the operations that take them. */
export function acceptLines(app: FastifyInstance): void {
  app.addContentTypeParser(NDJSON, (request, payload, done) => {
    if (request.routeOptions.config.takesLines === true) done(null, new LineBody(payload));
    else done(wrongContentType(request));
  });
}

/** Answers a stream of lines with one. */
export function sendAnswers(
  request: FastifyRequest,
  reply: FastifyReply,
  { chunks }: LineBody,
  lines: RouteLines,
  ask: Ask<unknown, Readonly<Record<string, unknown>>>,
): FastifyReply {
  const { limitBytes, nextTurn } = lines;
  const answer = lines.open(ask);
  const { socket } = request.raw;
  if (socket instanceof Socket) {
    streaming.add(socket);
    socket.setTimeout(IDLE_MS); // Node sets its own again when the answer is complete
    reply.raw.once('close', () => streaming.delete(socket));
  }
  return reply.type(NDJSON).send(Readable.from(answerLines(chunks, limitBytes, answer, nextTurn)));
}
