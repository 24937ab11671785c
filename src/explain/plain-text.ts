/** The most that explain reads, in UTF-16 code units: 1 MiB. */
export const mostText = 1024 * 1024;

/** Colours and moves (CSI), then titles, links and other strings of a terminal (OSC, DCS, PM, APC), then what is two characters long. */
const terminalEscapes =
  /(?:\x1b\[|\x9b)[0-9;:?<=>]{0,40}[ -/]{0,4}[@-~]|(?:\x1b[\]PX^_]|[\x9d\x90])[^\x07\x1b\x9c\n]{0,2000}(?:\x07|\x1b\\|\x9c)|\x1b[@-Z\\-_a-z78]/g;

/** A text as a client wrote it, without what a terminal, a JSON log or a word processor made of it. Cut at the limit. */
export const plainText = (input: string): string =>
  input
    .slice(0, mostText)
    .replace(terminalEscapes, '')
    .replace(/\r\n?/g, '\n')
    .replace(/\\(["'])/g, '$1')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replaceAll('\u00a0', ' ');
