import { stat } from 'node:fs/promises';
import { Problem } from '../../model/problem.js';
import { isRecord, own } from '../../recording/shape.js';
import { frameTold } from '../frame-events.js';
import { createImportSink, type ImportOptions, type ImportSink, type Imports, sizesOf } from '../import-sink.js';
import { Misfit, placeOf } from '../misfit.js';
import type { Plan } from '../told.js';
import { foreignPlan, longestError } from './foreign.js';
import type { Piece, Range } from './json-pieces.js';
import { isOwn, ownPlan } from './own-events.js';
import { harPieces, listPieces, wherePath } from './pieces-of-file.js';
import { errorIn, readMessage } from './read-message.js';

/** Throws a Misfit. */
const parsed = (piece: Piece, where: string): unknown => {
  if (piece.text === null) throw new Misfit(where, piece.why);
  try {
    return JSON.parse(piece.text);
  } catch {
    throw new Misfit(where, 'is no JSON');
  }
};

const creatorOf = (piece: Piece): string => {
  try {
    const creator = parsed(piece, 'log.creator');
    if (!isRecord(creator)) return '';
    return [own(creator, 'name'), own(creator, 'version')]
      .filter((word) => typeof word === 'string' && word !== '')
      .join(' ')
      .slice(0, 200);
  } catch {
    return '';
  }
};

const messagesOf = (piece: Piece): Range | undefined => piece.holes.find(({ key }) => key === '_webSocketMessages');

/** Runs what may find a misfit; told and passed over. */
const tolerantly = (sink: ImportSink, act: () => void): boolean => {
  try {
    act();
    return true;
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    sink.skip(error.where, error.why);
    return false;
  }
};

/** Ids as shakedown's own, and each once. */
const createIds = () => {
  const taken = new Set<string>();
  let next = 1;
  return (wanted: string | undefined): string => {
    const isGood = typeof wanted === 'string' && /^[\w.-]{1,64}$/.test(wanted) && !taken.has(wanted);
    while (!isGood && taken.has(String(next))) next++;
    const id = isGood ? wanted : String(next);
    taken.add(id);
    return id;
  };
};

/** How many members are looked at to know whether there are messages at all. */
const firstFew = 20;

/** Whether there are messages, and the error that DevTools tell among them. */
const glanceAt = async (file: string, range: Range | undefined): Promise<{ hasMessages: boolean; failure: string }> => {
  let seen = 0;
  if (!range) return { hasMessages: false, failure: '' };
  for await (const { pieces } of listPieces(file, range)) {
    for (const piece of pieces) {
      const value = valueIn(piece);
      const failure = isRecord(value) ? errorIn({ value }) : undefined;
      if (failure !== undefined) return { hasMessages: seen > 0, failure };
      if (++seen >= firstFew) return { hasMessages: true, failure: '' };
    }
  }
  return { hasMessages: seen > 0, failure: '' };
};

const valueIn = (piece: Piece): unknown => {
  try {
    return parsed(piece, '');
  } catch {
    return undefined;
  }
};

const importMessages = async (
  file: string,
  { piece, where, id, plan, sink }: { piece: Piece; where: string; id: string; plan: Plan; sink: ImportSink },
): Promise<void> => {
  const sizes = sizesOf(plan.before);
  let lastMs = plan.startMs;
  const range = messagesOf(piece);
  if (range && plan.hasMessages) {
    for await (const { pieces } of listPieces(file, range)) {
      for (const one of pieces) {
        const name = `${where}._webSocketMessages${wherePath(one.path)}`;
        tolerantly(sink, () => {
          const place = placeOf(parsed(one, name), name);
          const error = errorIn(place);
          if (error !== undefined) return sink.add(id, [[lastMs, { ...plan.imported, error: error.slice(0, longestError) }]]);
          const message = readMessage(place);
          const told = frameTold(message);
          sink.add(id, told);
          sink.message();
          sizes[message.from] += sizesOf(told)[message.from];
          lastMs = Math.max(lastMs, message.atMs);
        });
      }
    }
  }
  tolerantly(sink, () => sink.add(id, plan.after(lastMs, sizes)));
};

/** Reads a HAR of any tool into a new recording. What cannot be read is told and passed over. Rejects with a Problem SHK_RECORDING. */
export const importHar = async (file: string, options: ImportOptions): Promise<Imports> => {
  const sink = createImportSink(options);
  const idOf = createIds();
  const { size } = await stat(file);
  let creator = '';
  let entries = 0;

  const takeEntry = async (piece: Piece): Promise<void> => {
    const where = wherePath(piece.path);
    entries++;
    const beside = { creator, ...(await glanceAt(file, messagesOf(piece))) };
    let begun: { readonly id: string; readonly plan: Plan } | null = null;
    tolerantly(sink, () => {
      const entry = placeOf(parsed(piece, where), where);
      const plan = isOwn(entry) ? ownPlan(entry, creator) : foreignPlan(entry, beside);
      const id = idOf(plan.id);
      try {
        for (const told of plan.after(plan.startMs, { client: 0, server: 0 })) sink.checked(id, told);
        sink.begin(id, plan.before, plan.startMs);
      } catch (error) {
        throw error instanceof Misfit ? new Misfit(where, `${error.where} ${error.why}`) : error;
      }
      begun = { id, plan };
    });
    const { id, plan } = (begun ?? {}) as { id?: string; plan?: Plan };
    if (id !== undefined && plan) await importMessages(file, { piece, where, id, plan, sink });
  };

  try {
    const steps = harPieces(file);
    for (;;) {
      const step = await steps.next();
      if (step.done) {
        if (step.value.why !== '') sink.skip(wherePath(step.value.path) || 'the file', `and what is behind it: ${step.value.why}`);
        break;
      }
      for (const piece of step.value.pieces) {
        if (piece.path.length === 2) creator = creatorOf(piece);
        else await takeEntry(piece);
      }
      options.onProgress?.(step.value.read, size);
    }
    const result = sink.close();
    if (result.exchanges > 0) return result;
    const [first] = result.skipped;
    throw new Problem(
      'SHK_RECORDING',
      entries === 0 && !first
        ? `${file} is a HAR without entries.`
        : `${file} holds nothing that can be imported${first ? `: ${first.where} ${first.why}` : ''}.`,
      'Name a HAR as browsers, mitmproxy, HTTP Toolkit or `shakedown export` write it.',
    );
  } catch (error) {
    sink.abandon();
    throw error;
  }
};
