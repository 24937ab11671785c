import { reasonPhrase } from '../../wire/reason-phrase.js';
import { defineFault } from '../fault.js';
import { refusedEffects } from '../refused-effects.js';

const page = `<html><head><title>Error</title></head><body>${'<p>The service is not available at the moment.</p>'.repeat(8)}</body></html>\n`;

export const fault = defineFault({
  id: 'cut-body',
  stage: 'response',
  leg: 'client',
  only: 'http/1.1',
  title: 'The body of a refusal is cut short',
  about:
    'The answer to the handshake is replaced by a refusal whose body ends before it is whole: less comes than Content-Length says, or the chunked coding breaks off in the middle of a chunk. A client that reads the body, for its error message, waits or fails.',
  imitates: 'A gateway that dies while it writes its error page, a limit on the size of answers, a connection that breaks.',
  params: {
    code: { type: 'number', default: 500, min: 400, max: 599, whole: true, about: 'The status.' },
    framing: { type: 'string', default: 'length', choices: ['length', 'chunked'], about: 'How the length of the body is told.' },
    share: { type: 'number', default: 0.5, min: 0, max: 0.99, about: 'How much of the body still arrives.' },
    end: { type: 'string', default: 'fin', choices: ['fin', 'reset', 'silence'], about: 'What follows.' },
  },
  example: 'cut-body:framing=chunked',
  expects: ['server.internal-error'],
  effects: refusedEffects,
  rows: ['srv.cut-head'],
  apply: (_, { code, framing, share, end }) => {
    const chunked = framing === 'chunked';
    const fields = [
      'Content-Type: text/html',
      chunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${page.length}`,
      'Connection: close',
    ];
    const whole = chunked ? `${page.length.toString(16)}\r\n${page}\r\n0\r\n\r\n` : page;
    return {
      raw: `HTTP/1.1 ${code} ${reasonPhrase(code)}\r\n${fields.join('\r\n')}\r\n\r\n`,
      body: whole.slice(0, Math.floor(whole.length * share)),
      end,
    };
  },
});
