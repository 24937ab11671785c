import { figure, median, medianRatio, megabytes, table } from './table.mjs';

/** What a debugging proxy may cost at most, each against the bare TLS relay of the same round. */
const ratioMarks = [
  { text: 'CPU, 64 connections of 125 B', scenario: 'stream-125', of: 'cpu', limit: 1.5 },
  { text: 'CPU, messages of 64 KiB', scenario: 'stream-64k', of: 'cpu', limit: 1.4 },
  { text: 'round trip p50, 1 connection', scenario: 'trip-1', of: 'p50', limit: 1.2 },
  { text: 'round trip p50, 16 connections', scenario: 'trip-16', of: 'p50', limit: 1.2 },
];
const stallLimit = 8e6;
/** Flat: the last quarter of a long run holds no more than this share above its second quarter (the first one warms up). */
const flatShare = 0.1;

const select = (streams, scenario, subject, scheme) =>
  streams
    .filter((one) => one.scenario === scenario && one.subject === subject && one.scheme === scheme)
    .sort((one, other) => one.round - other.round);

const ratioOf = (streams, { scenario, subject, scheme, of }) => {
  const bare = scheme === 'ws' ? 'bare relay' : 'bare TLS relay';
  const ours = select(streams, scenario, subject, scheme).map((one) => one[of]);
  const theirs = select(streams, scenario, bare, scheme).map((one) => one[of]);
  return medianRatio(ours, theirs);
};

const quarter = (memory, nth) => median(memory.slice(Math.floor((memory.length * nth) / 4), Math.ceil((memory.length * (nth + 1)) / 4)));
const growthShare = (memory) => (memory.length < 8 ? null : quarter(memory, 3) / quarter(memory, 1) - 1);

/** The tables: medians over the rounds; ratios against the bare relay of the same scheme. */
export const summarise = ({ scenarios, subjects, streams, memory }) => {
  const head = ['scenario', 'way', 'CPU s/M', 'ratio', 'msgs/s', 'p50 us', 'ratio', 'MB', 'lost', 'changed'];
  const rows = scenarios.flatMap(({ id, title }) =>
    subjects.map(({ name, scheme }) => {
      const all = select(streams, id, name, scheme);
      const of = (key) => all.map((one) => one[key]);
      const sum = (key) => String(of(key).reduce((total, value) => total + value, 0));
      return [
        title,
        `${name} (${scheme})`,
        figure(median(of('cpu')), 2),
        figure(ratioOf(streams, { scenario: id, subject: name, scheme, of: 'cpu' }), 2),
        figure(median(of('rate')), 0),
        figure(median(of('p50')), 0),
        figure(ratioOf(streams, { scenario: id, subject: name, scheme, of: 'p50' }), 2),
        figure(megabytes(median(all.map((one) => one.memory.at(-1) ?? null))), 0),
        sum('lost'),
        sum('changed'),
      ];
    }),
  );
  const memoryHead = ['memory (wss)', 'messages', 'MB, 2nd quarter', 'MB, last quarter', 'MB, most', 'MB, stalled reader'];
  const memoryRows = memory.map((one) => [
    one.subject,
    String(one.messages),
    figure(megabytes(quarter(one.memory, 1)), 1),
    figure(megabytes(quarter(one.memory, 3)), 1),
    figure(megabytes(one.memory.length === 0 ? null : Math.max(...one.memory)), 1),
    figure(megabytes(one.growth), 1, ' more'),
  ]);
  return [...table(head, rows), '', ...table(memoryHead, memoryRows)];
};

const line = (text, value, met) => `${met === null ? 'not measured' : met ? 'met         ' : 'NOT MET     '}  ${text}${value}`;

/** The marks with what was reached. The bare relays are judged for loss and change only. */
export const judge = ({ streams, memory }) => {
  const ratios = ratioMarks.map(({ text, limit, ...mark }) => {
    const ratio = ratioOf(streams, { ...mark, subject: 'shakedown', scheme: 'wss' });
    return line(`${text}: at most ${limit} of the bare TLS relay`, `; ${figure(ratio, 2)}`, ratio === null ? null : ratio <= limit);
  });
  const ours = memory.find((one) => one.subject === 'shakedown');
  const share = ours === undefined ? null : growthShare(ours.memory);
  const growth = ours?.growth ?? null;
  const wrong = [...streams, ...memory].reduce((total, one) => total + one.lost + one.changed, 0);
  return [
    'Marks',
    ...ratios,
    line(
      `memory is flat over ${ours?.messages ?? 'many'} recorded messages`,
      `; ${figure(share === null ? null : share * 100, 1, ' % more')}`,
      share === null ? null : share <= flatShare,
    ),
    line(
      'a reader that stalls for 5 s costs under 8 MB',
      `; ${figure(megabytes(growth), 1, ' MB')}`,
      growth === null ? null : growth < stallLimit,
    ),
    line('no message is lost or changed, by anyone', `; ${wrong}`, wrong === 0),
  ];
};
