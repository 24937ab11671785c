import { basename } from 'node:path';
import { compareExchanges } from '../comparison/compare.js';
import type { Compared, Comparison } from '../comparison/comparison.js';
import { pairUp } from '../comparison/pairs.js';
import { diagnose } from '../diagnosis/diagnose.js';
import { Problem } from '../model/problem.js';
import { urlOf } from '../model/target.js';
import { safeJson } from '../recording/codec.js';
import { readExchange } from '../recording/exchanges.js';
import { readMessages } from '../recording/read-messages.js';
import { comparisonText } from '../views/lines/comparison.js';
import { plain } from '../views/paint.js';
import { count } from '../views/wording.js';
import { chosenOf, type Listed, listExchanges, onlyOf, parseNamed } from './compared.js';
import type { Output } from './output.js';

type Two<T> = readonly [a: T, b: T];
interface Printing {
  readonly output: Output;
  readonly json: boolean;
}

/** Compares what two words of the form `FILE` or `FILE#ID` name, prints it, and says whether both are the same but for noise. Rejects with a Problem. */
export const compareFiles = async (
  words: Two<string>,
  { note, ...printing }: Printing & { readonly note: (text: string) => void },
): Promise<boolean> => {
  const [a, b] = [parseNamed(words[0]), parseNamed(words[1])];
  const files = [a.file, b.file] as const;
  const listed = [await listExchanges(a.file, note), await listExchanges(b.file, note)] as const;
  const [one, other] = [chosenOf(a, listed[0]), chosenOf(b, listed[1])];
  const whole = a.id === null && b.id === null && (one === null || other === null);
  if (whole) return compareRecordings(listed, files, printing);
  return compareOne([one ?? onlyOf(a.file, listed[0]), other ?? onlyOf(b.file, listed[1])], files, printing);
};

interface Result {
  readonly pair: Two<Compared>;
  readonly comparison: Comparison;
}

const load = async (file: string, { id, span }: Listed): Promise<Compared> => {
  const exchange = await readExchange(file, { id, span });
  if (!exchange)
    throw new Problem('SHK_RECORDING', `${file} was changed while it was read.`, 'Compare it again when nothing writes over it.');
  return { exchange, findings: diagnose(exchange), messages: () => readMessages(file, { exchange, span }) };
};

const resultOf = async ([a, b]: Two<Listed>, files: Two<string>): Promise<Result> => {
  const pair = [await load(files[0], a), await load(files[1], b)] as const;
  return { pair, comparison: await compareExchanges(...pair) };
};

const textOf = ({ pair: [a, b], comparison }: Result, files: Two<string>, { colour }: Output): string =>
  comparisonText(
    {
      names: [`${basename(files[0])}#${a.exchange.id}`, `${basename(files[1])}#${b.exchange.id}`],
      exchanges: [a.exchange, b.exchange],
      comparison,
    },
    { colour, width: Math.max(60, process.stdout.columns ?? 80) },
  );

const summaryOf = ({ id, target, outcome, status }: Omit<Listed, 'span'>) => ({
  exchange: id,
  url: target ? urlOf(target) : '',
  outcome,
  status,
});

const compareOne = async (pair: Two<Listed>, files: Two<string>, { output, json }: Printing): Promise<boolean> => {
  const result = await resultOf(pair, files);
  const { same, differences, alike } = result.comparison;
  const [a, b] = [
    { file: files[0], ...summaryOf(pair[0]) },
    { file: files[1], ...summaryOf(pair[1]) },
  ];
  output.line(json ? safeJson({ same, a, b, differences, alike }) : textOf(result, files, output));
  return same;
};

/** Everything of both: the pairs that differ one below the other, and who has no partner. JSON is written piece by piece. */
const compareRecordings = async (listed: Two<readonly Listed[]>, files: Two<string>, { output, json }: Printing): Promise<boolean> => {
  const { pairs, unpaired } = pairUp(listed[0], listed[1]);
  let alike = 0;
  const told: string[] = [];
  for (const pair of pairs) {
    await output.room();
    const result = await resultOf(pair, files);
    const { same, differences } = result.comparison;
    if (same) alike++;
    if (json) told.push(safeJson({ a: summaryOf(pair[0]), b: summaryOf(pair[1]), same, differences }));
    else if (!same) output.line(`${headingOf(pair)}\n${textOf(result, files, output)}\n`);
  }
  const same = alike === pairs.length && unpaired.a.length + unpaired.b.length === 0;
  if (json) {
    const rest = { a: unpaired.a.map(summaryOf), b: unpaired.b.map(summaryOf) };
    const head = safeJson({ same, a: { file: files[0], exchange: null }, b: { file: files[1], exchange: null } });
    output.line(`${head.slice(0, -1)},"pairs":[${told.join(',')}],"unpaired":${safeJson(rest)}}`);
    return same;
  }
  for (const [name, rest] of [
    ['A', unpaired.a],
    ['B', unpaired.b],
  ] as const) {
    for (const one of rest) output.line(`Only in ${name}: #${plain(one.id)}  ${one.status || '-'} ${one.outcome}  ${urlText(one)}`);
  }
  output.line(`${count(pairs.length, 'pair')} compared: ${alike} the same but for noise, ${pairs.length - alike} different.`);
  return same;
};

const urlText = ({ target }: Pick<Listed, 'target'>): string => (target ? plain(urlOf(target)) : '(no target)');
const headingOf = ([a, b]: Two<Listed>): string => {
  const [one, other] = [urlText(a), urlText(b)];
  return one === other ? one : `${one} and ${other}`;
};
