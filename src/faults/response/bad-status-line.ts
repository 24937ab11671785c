import { statusLine } from '../../model/head.js';
import { setStartLine } from '../../wire/head-edit.js';
import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'bad-status-line',
  stage: 'response',
  leg: 'client',
  only: 'http/1.1',
  title: 'The status line of the answer is not as HTTP has it',
  about: 'Writes the status line of the answer in lower case or with two spaces in it (RFC 9112 section 4). The status itself stays.',
  imitates: 'A server that writes its 101 by hand, an embedded device, a proxy with a template.',
  params: {
    kind: {
      type: 'string',
      default: 'lower-case',
      choices: ['lower-case', 'two-spaces'],
      about: '`lower-case`: http/1.1; `two-spaces`: before the status.',
    },
  },
  example: 'bad-status-line:kind=lower-case',
  expects: ['server.malformed-response'],
  effects: [
    {
      client: 'ws (Node)',
      sees: "'error': Parse Error: Expected HTTP/, RTSP/ or ICE/ for `lower-case`, Invalid status code for `two-spaces`.",
    },
    { client: 'undici 7', sees: "'error' with an empty message, close 1006." },
    { client: 'Python websockets 10', sees: 'InvalidMessage: did not receive a valid HTTP response.' },
    { client: 'Chromium', sees: 'Opens in both cases.' },
  ],
  rows: ['srv.bad-head'],
  apply: (head, { kind }) => {
    const { version, status, reason } = statusLine(head);
    if (version === '') return undefined;
    return {
      raw: setStartLine(
        head.raw,
        kind === 'lower-case' ? `${version.toLowerCase()} ${status} ${reason}` : `${version}  ${status} ${reason}`,
      ),
    };
  },
});
