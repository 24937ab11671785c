/**
 * What the file that an exchange was imported from does not hold, so that nobody takes its absence for a fact.
 * `heads`: no head at all. `request-head`, `response-head`: not enough fields of it for a head. `raw-heads`: heads as they crossed; those here are
 * rebuilt from their fields. `legs`: two legs; one connection stands for both. `target`: where it went. `messages`: what was said. `credentials`: cookies and Authorization,
 * if there were any. `frames`: how messages were framed, masked and compressed; each is one frame here. `control-frames`: Ping and Pong.
 * `close`: whether there was a Close, and what it said. `end`: whether, when and how it ended. `tls`: versions, ciphers, certificates.
 * `timings`: how long its phases took. `request-body`, `body`: content that there was. `body-coding`: how content was sent; it is decoded here.
 */
export const importLacks = [
  'heads',
  'request-head',
  'response-head',
  'raw-heads',
  'legs',
  'target',
  'credentials',
  'messages',
  'frames',
  'control-frames',
  'close',
  'end',
  'tls',
  'timings',
  'request-body',
  'body',
  'body-coding',
] as const;
export type ImportLack = (typeof importLacks)[number];

export interface ImportedClose {
  readonly code: number;
  readonly reason: string;
}

/** Milliseconds of the server leg, where the file tells them and no events do. */
export interface ImportedTimings {
  readonly dns?: number;
  readonly connect?: number;
  readonly tls?: number;
}

/** An exchange that another tool's file told of, and not the wire. */
export interface Imported {
  readonly from: 'har' | 'json-lines';
  /** Who wrote that file, in its own words: `WebInspector 537.36`; '' when it does not say. */
  readonly creator: string;
  readonly lacks: readonly ImportLack[];
  /** How the WebSocket closed, where the file does not say who said so. 1006: without a Close (RFC 6455 section 7.1.5). */
  readonly close?: ImportedClose;
  /** Why there was no answer, in the words of the file. */
  readonly error?: string;
  readonly timings?: ImportedTimings;
}

/** Whether an exchange was imported from a file that does not hold this. */
export const lacks = ({ imported }: { readonly imported?: Imported }, what: ImportLack): boolean => imported?.lacks.includes(what) ?? false;
