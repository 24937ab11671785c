import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Why a request is not served at all. */
export interface Denial {
  readonly status: 400 | 401 | 403;
  readonly message: string;
  readonly advice: string;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Values of a field as they came; Node joins or drops some that stand twice. */
const fieldsOf = ({ rawHeaders }: IncomingMessage, name: string): readonly string[] =>
  rawHeaders.flatMap((own, index) => (index % 2 === 0 && own.toLowerCase() === name ? [rawHeaders[index + 1] ?? ''] : []));

/**
 * Keeps out every request that a web page could have made (threats.md T01 to T03) and every one without this run's token. Asked before
 * anything else of the request counts.
 */
export const createGuard = ({ token, port }: { readonly token: string; readonly port: () => number }) => {
  const expected = digest(token);

  /** Exactly these: a name that leads here by DNS is somebody else's page. */
  const hostFits = (request: IncomingMessage): boolean => {
    const [host, ...more] = fieldsOf(request, 'host');
    const allowed = ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${port()}`);
    return host !== undefined && more.length === 0 && allowed.includes(host.toLowerCase());
  };

  const tokenFits = (request: IncomingMessage): boolean => {
    const [given, ...more] = fieldsOf(request, 'authorization');
    const shown = /^Bearer +([\w-]+)$/i.exec(given ?? '')?.[1] ?? '';
    // Digests have one length, so the time tells nothing of where two tokens part.
    return timingSafeEqual(digest(shown), expected) && more.length === 0;
  };

  return (request: IncomingMessage): Denial | null => {
    const forbid = (message: string, advice: string): Denial => ({ status: 403, message, advice });
    if (!hostFits(request))
      return forbid(
        'The Host of this request is not allowed here.',
        `Ask 127.0.0.1:${port()}, localhost:${port()} or [::1]:${port()} by that name.`,
      );
    if (!request.url?.startsWith('/'))
      return { status: 400, message: 'The target of this request is no path.', advice: 'This is no proxy: ask for a path under /v1.' };
    if (fieldsOf(request, 'origin').length > 0)
      return forbid('Requests with an Origin are not served.', 'Web pages have no business here; leave Origin out.');
    if (fieldsOf(request, 'sec-fetch-site').some((site) => site.toLowerCase() !== 'none'))
      return forbid('Requests of web pages are not served.', 'Use a program that is no browser.');
    if (fieldsOf(request, 'upgrade').length > 0) return forbid('There is no WebSocket here.', 'Read the events by GET /v1/events.');
    if (!tokenFits(request))
      return {
        status: 401,
        message: 'This request does not show the token of this run.',
        advice: 'Send `Authorization: Bearer TOKEN`; the token is in the ready file (--ready-file FILE).',
      };
    return null;
  };
};
