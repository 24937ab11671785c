import type { RecordedExchange } from '../format.js';
import { type Command, commandFormat } from './command-format.js';
import { leftNote, sentTexts } from './sent-texts.js';
import { shellLines, shellWord } from './shell.js';
import { webSocketRequest } from './websocket-request.js';

const option = (name: string, value: string): string[] => {
  const word = shellWord(value);
  return word === null ? [] : [`${name}=${word}`];
};

/**
 * With pauses: websocat 1 makes a message of what one read brought, and where two lines come at once it looks for their ends in the wrong
 * place (line_peer.rs).
 */
const typed = (texts: readonly string[]): string =>
  ['{', ...texts.map((text) => `  printf '%s\\n' ${shellWord(text)}; sleep 1`), '} | '].join('\n');

/** The same WebSocket again with websocat 1, and what the client said in it. */
const websocatCommand = async (recorded: RecordedExchange): Promise<Command> => {
  const request = webSocketRequest(recorded.exchange);
  if (typeof request === 'string') return { type: 'none', why: request };
  // An empty read is an end to websocat, and a line's end is cut off with a CR before it.
  const { texts, left } = await sentTexts(recorded, (text) => text !== '' && !text.endsWith('\r') && shellWord(text) !== null);
  const { url, origin, protocols, host, fields, insecure } = request;
  const words = [
    ['websocat', '--text', '--no-close', '--linemode-strip-newlines', ...(insecure ? ['--insecure'] : [])],
    ...(origin === undefined ? [] : [option('--origin', origin)]),
    ...(protocols.length === 0 ? [] : [option('--protocol', protocols.join(', '))]),
    // With an equals sign: a bare -H takes the words behind it for further fields.
    ...fields.map(([name, value]) => option('-H', `${name}: ${value}`)),
    [url],
  ];
  const notes = [
    ...request.notes,
    ...leftNote(left, 'websocat'),
    ...(host === undefined ? [] : ['its Host field is not that of the URL, which websocat always sends']),
  ];
  return { type: 'command', text: (texts.length > 0 ? typed(texts) : '') + shellLines(words), notes };
};

export const websocat = commandFormat(
  {
    id: 'websocat',
    aliases: [],
    about: 'A websocat command for each WebSocket, with the texts that the client sent: for a terminal with a POSIX shell.',
  },
  websocatCommand,
);
