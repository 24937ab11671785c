import type { Exchange } from '../model/exchange.js';
import type { Imported, ImportLack } from '../model/imported.js';

const fileNames: Readonly<Record<Imported['from'], string>> = { har: 'a HAR', 'json-lines': 'JSON Lines' };

/** What each is called behind `not recorded:`. */
const lackNames: Readonly<Record<ImportLack, string>> = {
  heads: 'heads',
  'request-head': 'the request head',
  'response-head': 'the answer head',
  'raw-heads': 'heads byte for byte',
  legs: 'two legs (what stands on one stands on both)',
  target: 'the URL',
  credentials: 'cookies and Authorization, if there were any',
  messages: 'messages',
  frames: 'frames and masks (each message is one frame here)',
  'control-frames': 'Ping and Pong',
  close: 'the Close',
  end: 'the end',
  tls: 'TLS',
  timings: 'timings',
  'request-body': 'the request body',
  body: 'the body',
  'body-coding': 'how the body was sent (it is decoded here)',
};

/** Where an imported exchange comes from, what that file does not hold, and what it says that has no other place; nothing for any other exchange. */
export const importedNotes = ({ imported }: Pick<Exchange, 'imported'>): readonly string[] => {
  if (!imported) return [];
  const { from, creator, lacks, close, error } = imported;
  const missing = lacks.map((lack) => lackNames[lack] ?? lack).join(', ');
  return [
    `imported from ${fileNames[from]}${creator === '' ? '' : ` of ${creator}`}${missing === '' ? '' : `; not recorded: ${missing}`}`,
    ...(close
      ? [close.code === 1006 ? 'it was closed without a Close' : `it was closed with ${`${close.code} ${close.reason}`.trim()}`]
      : []),
    ...(error === undefined ? [] : [`no answer: ${error}`]),
  ];
};
