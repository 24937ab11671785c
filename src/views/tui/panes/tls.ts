import type { Exchange } from '../../../model/exchange.js';
import type { Leg } from '../../../model/leg.js';
import { http2Rows, mirroredOf, type Row, timingRows, tlsRows } from '../../leg-rows.js';
import { cell, type Line, span, wrap } from '../../paint.js';
import { bytes, endingOf } from '../../wording.js';

const labelWidth = 13;

const tableRow = (width: number, [label, client, server]: Row): Line[] => {
  const column = Math.floor((width - labelWidth - 2) / 2);
  const [a, b] = [client, server].map((text) => wrap(text, column, 6)) as [string[], string[]];
  return Array.from(
    { length: Math.max(a.length, b.length) },
    (_, index): Line => [
      cell(index === 0 ? label : '', labelWidth, { tone: 'dim' }),
      cell(a[index] ?? '', column),
      span('  '),
      cell(b[index] ?? '', column),
    ],
  );
};

/** TLS, timings, bytes and ends of both legs, in a table. */
export const tlsPane = (exchange: Exchange, width: number): Line[] => {
  const { client, server, mirrored } = exchange;
  const section = (title: string, rows: readonly Row[]): Line[] => [
    [],
    [span(title, 'strong')],
    ...rows.flatMap((row) => tableRow(width, row)),
  ];
  const counts = (leg: Leg | null) => (leg ? `${bytes(leg.bytesIn)} in, ${bytes(leg.bytesOut)} out` : '');
  const mirror = mirrored ? [[span(mirroredOf(mirrored), 'warn')]] : [];
  return [
    ...tableRow(width, ['', 'CLIENT LEG', 'SERVER LEG']),
    ...mirror,
    ...section('TLS', tlsRows(client, server)),
    ...(exchange.http2 ? section('HTTP/2', http2Rows(exchange, exchange.http2)) : []),
    ...section('Timings', timingRows(client, server)),
    ...section('Bytes and ends', [
      ['bytes', counts(client), counts(server)],
      ['end', endingOf(exchange, 'client'), endingOf(exchange, 'server')],
    ]),
  ];
};
