import { type Channel, Undelivered } from './channel.js';
import { headlineOf, linesOf, type Notice } from './notice.js';

const TIMEOUT_MS = 10_000;

/** Slack refuses a block of text that is longer. */
const BLOCK_CHARACTERS = 2_900;

/**
 * Slack's incoming webhook: 429 and 5xx are tried again, the former after its Retry-After; other answers mean that the webhook is gone or wrong.
 *
 * @param url secret: whoever has it may post
 */
export function slackChannel(url: string, timeoutMs = TIMEOUT_MS): Channel {
  return {
    name: 'slack',
    async send(notice) {
      let response: Response;
      try {
        response = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(messageOf(notice)),
          signal: AbortSignal.timeout(timeoutMs),
        });
      } catch (error) {
        throw new Undelivered(`Slack can't be reached: ${causeOf(error)}`, true);
      }
      await response.body?.cancel();
      if (response.ok) return;
      const mayPass = response.status === 429 || response.status >= 500;
      const after = Number(response.headers.get('retry-after') ?? Number.NaN) * 1000;
      throw new Undelivered(`Slack answered ${response.status}`, mayPass, after >= 0 ? after : undefined);
    },
  };
}

function messageOf(notice: Notice): unknown {
  const text = linesOf(notice).join('\n').slice(0, BLOCK_CHARACTERS);
  return {
    text: headlineOf(notice),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: headlineOf(notice).slice(0, 150) } },
      { type: 'section', text: { type: 'plain_text', text } },
    ],
  };
}

/** The reason without the address, which is secret. */
function causeOf(error: unknown): string {
  const { name, cause } = error as { readonly name?: string; readonly cause?: { readonly code?: string } };
  return cause?.code ?? name ?? 'unknown';
}
