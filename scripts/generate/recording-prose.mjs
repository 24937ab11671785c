// @ts-check
import { code, fence, table } from './markdown.mjs';

/** @param {number} version */
export const opening = (
  version,
) => `A recording is one file of JSON Lines: UTF-8, a line feed behind every line, one JSON object a line. The first line says what the file is,
every other one is an event: something that happened, written once. ${code('start --json')} prints the same events (without that first line), and the library's subscription gives them (without ${code('bytes')}). This is version ${version}.

A real one is [test/recordings/v1.jsonl](../test/recordings/v1.jsonl); the examples below come from it, with long texts cut at \`…\`.`;

/** @param {string} line */
export const firstLine = (line) => [
  '## The first line',
  fence('json', line),
  table(
    ['field', 'holds', 'meaning'],
    [
      [code('format'), '`shakedown-recording`', 'A file that begins otherwise is no recording.'],
      [
        code('version'),
        'number',
        'Of the format. A newer one than the reader knows is refused with a sentence, and never written to; an older one is lifted line by line.',
      ],
      [code('startedAt'), 'text', 'ISO 8601 in UTC with microseconds.'],
      [code('shakedown'), 'text', 'The version that wrote it.'],
      [
        code('lastLine'),
        '`stopped`',
        'Promises that a recording which was ended in order ends with that event. Absent in what older versions and imports wrote: there a missing end says nothing.',
      ],
    ],
  ),
];

/** How bytes stand in it, what is not in it, and how it can end. @type {readonly string[]} */
export const outside = [
  '## How bytes are written',
  `- A head is text with one character for each byte (latin1), its blank line included. It is the head as it crossed: \`jq\` and \`grep\` can read it, and
  encoding it as latin1 gives the bytes back.
- Each exchange has up to four heads, by their ${code('site')}: ${code('clientSent')} and ${code('clientGot')} on the client leg, ${code('serverGot')} and ${code('serverSent')} on the server leg.
  ${code('sameAs')} in place of ${code('raw')} says that the head crossed unchanged: the bytes are those of that other site.
- What follows the heads of a handshake (frames, or the body of a refusal) and what crosses in a tunnel are ${code('bytes')} events: one for each chunk that crossed, base64, with
  the time and the sender. TLS is removed; frame headers, masks and compression are not. Bodies of plain HTTP requests are not recorded. Chunks are what one read from the socket gave, so their borders mean nothing to WebSocket: join the chunks of one sender before
  you look for frames. What one leg sent is what the other one got, unless a ${code('fault')} event says otherwise.
- Control characters, and characters that turn the reading direction, are always escaped (\`\\u009b\`), so that \`tail -f\` on a recording cannot drive a terminal.`,
  '## What is not in it',
  `Frames, messages, inflated payloads, outcomes, timings and findings are derived by whoever reads, and never written: an old recording read by newer rules gets
a better answer ([why](decisions/0001-findings-are-derived.md)). ${code('shakedown inspect FILE --json')} prints them ([cli.md](cli.md#inspect-file---json)).

Nothing is left out of what crossed: cookies, tokens and passwords are in the file. It is readable by its owner alone (mode 600); look before you pass it on.`,
];

/** @type {readonly string[]} */
export const endings = [
  '## How a recording ends',
  `- It can be read while it is being written: events reach the file at the latest 100 ms after they happened.
- Its last line is ${code('stopped')}, which counts what is missing. A recording without it has no end: its process was killed, or is still running.
- After ${code('kill -9')} at most the last 100 ms are missing, and the last line may be torn. Readers drop it and say so; everything before it is whole.
- A damaged line in the middle is passed over and counted; ${code('inspect')} names the first one. A line over 16 MiB is damage.
- An exchange without a ${code('closed')} event was still open when the recording ended.`,
  '## What is missing',
  `The traffic itself is never held up, so bytes may cross that cannot be kept:

- Where the disk or the machine is too slow, where ${code('--max-payload')} or ${code('--max-recording')} bounds what is kept, and where the oldest part of a recording in memory
  is dropped, payload goes first: ${code('bytes-lost')} stands where it would stand, and counts it. Only under far more load than that events go, and a ${code('notice')} counts them.
- A disk that is full or fails loses nothing at first: what comes waits in memory, up to 16 MiB of payload, and is written as soon as that works again. The file has a ${code('notice')} where
  it stopped, and where it could not go on until the end, one that counts what is missing.
- ${code('resume')} of a ${code('bytes-lost')} says where the frames of that direction stand behind the gap: ${code('left')} payload bytes of a frame are still to come, or ${code('header')} (base64) is the beginning
  of a header; ${code('unfinished')}: continuation frames of a message follow whose beginning may be missing. So every frame behind a gap is a true one; the message that it hit is cut, and its length known where its header is there. Without
  ${code('resume')} nobody can say where the next frame begins: readers then end that direction, and invent nothing. A compressed message that refers to a missing one cannot be inflated, and says so.
- Times come from a clock that goes on evenly from the start. When the clock of the machine is set, or the machine sleeps, a ${code('notice')} says by how much the two part from there.`,
  '## Versions',
  `A new event type or a new optional field does not raise the version: readers pass over what they do not know. Changing or removing one does, and then
shakedown lifts older files as it reads them. The example of version 1 stays in the repository and is read by a test, whatever the version of the day.

[recording.schema.json](recording.schema.json) is this format as JSON Schema (draft 2020-12), made from the same types: each line of a recording is valid by it, and what it refuses
the reader calls damage. (Of the first line the reader needs less: only its ${code('format')} and ${code('version')}.) Its ${code('$id')} holds the version; a version that is left behind keeps its schema beside this one.`,
];
