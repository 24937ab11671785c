import { connect, isIPv6, type Socket } from 'node:net';
import type { Clock } from '../model/clock.js';
import type { DialAttempt } from '../model/leg.js';
import { codeOf } from '../model/problem.js';
import { limits } from './limits.js';

export interface Candidate {
  readonly address: string;
  readonly port: number;
}

/** The connection that came first, or none; and what became of the other addresses. */
export interface Raced {
  readonly won: { readonly socket: Socket; readonly candidate: Candidate } | null;
  readonly attempts: readonly DialAttempt[];
}

/** RFC 8305 section 4: the families take turns, beginning with that of the resolver's first address. */
export const alternate = <T extends Pick<Candidate, 'address'>>(candidates: readonly T[]): T[] => {
  const first = candidates[0];
  if (!first) return [];
  const isFirst = ({ address }: T): boolean => isIPv6(address) === isIPv6(first.address);
  const [one, other] = [candidates.filter(isFirst), candidates.filter((candidate) => !isFirst(candidate))];
  const rounds = Math.max(one.length, other.length);
  return Array.from({ length: rounds }, (_, index) => [one[index], other[index]]).flatMap((pair) =>
    pair.filter((entry) => entry !== undefined),
  );
};

/**
 * RFC 8305 section 5: the next address gets its try when the one before it failed, or has not connected within 250 ms. The first that connects
 * wins; the others are destroyed, and told as `SHK_OUTRUN`. `nameOf` says how an address is told, `waitMs` how long one is waited for.
 */
export const race = (
  candidates: readonly Candidate[],
  clock: Clock,
  { nameOf, waitMs = () => limits.connectMs }: { readonly nameOf: (candidate: Candidate) => string; readonly waitMs?: () => number },
): Promise<Raced> =>
  new Promise((resolve) => {
    const waiting = [...candidates];
    const running = new Map<Socket, (code: string) => void>();
    const attempts: DialAttempt[] = [];
    let stagger: NodeJS.Timeout | undefined;

    const next = (): void => {
      clearTimeout(stagger);
      const candidate = waiting.shift();
      if (candidate) begin(candidate);
      else if (running.size === 0) resolve({ won: null, attempts });
      // After a pause of our own the timer is due before an answer that is already there is read: that one comes first.
      if (waiting.length > 0) stagger = setTimeout(() => setImmediate(late, waiting.length), limits.nextAddressMs);
    };
    const late = (due: number): void => {
      if (waiting.length === due) next();
    };
    const begin = (candidate: Candidate): void => {
      const started = clock.now();
      const socket = connect({ host: candidate.address, port: candidate.port, allowHalfOpen: true });
      const timer = setTimeout(() => socket.destroy(Object.assign(new Error('no answer came'), { code: 'ETIMEDOUT' })), waitMs());
      const over = (): void => {
        clearTimeout(timer);
        running.delete(socket);
        socket.off('error', onError).off('connect', onConnect);
      };
      const lost = (code: string): void => {
        over();
        attempts.push({ address: nameOf(candidate), code, ms: Math.round((clock.now() - started) * 1000) / 1000 });
        // A late error of the dying socket must find a listener.
        socket.on('error', () => {});
        socket.destroy();
      };
      const onError = (error: Error): void => {
        lost(codeOf(error));
        next();
      };
      const onConnect = (): void => {
        over();
        clearTimeout(stagger);
        waiting.length = 0;
        for (const outrun of [...running.values()]) outrun('SHK_OUTRUN');
        resolve({ won: { socket, candidate }, attempts });
      };
      running.set(socket, lost);
      socket.on('error', onError).on('connect', onConnect);
    };
    next();
  });

const noWay = /^(ENETUNREACH|EHOSTUNREACH|EADDRNOTAVAIL|EAFNOSUPPORT|EINVAL)$/;

/** The attempt that says most when all failed: a machine without IPv6 has no way to any of its addresses, whatever became of the others. */
export const tellingAttempt = (attempts: readonly DialAttempt[]): DialAttempt | undefined =>
  attempts.findLast(({ code }) => !noWay.test(code)) ?? attempts.at(-1);
