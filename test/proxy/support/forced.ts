import { diagnose } from '../../../src/diagnosis/diagnose.js';
import type { Exchange } from '../../../src/model/exchange.js';
import { within } from './deadline.js';
import { frame } from './frames.js';
import type { House } from './house.js';

export const hello = frame({ opcode: 1, payload: 'hello', masked: true });
export const echoed = frame({ opcode: 1, payload: 'hello', masked: false });
export const bye = frame({ opcode: 8, payload: Buffer.of(3, 232), masked: true });

/** The exchanges of a client's connection, once so many have ended. */
export const recordedBy = (house: House, localPort: number, count: number): Promise<readonly Exchange[]> =>
  within(house.exchanges(localPort, count), () => JSON.stringify(house.now(localPort), null, 1));

/** What is found, but for certificates: those of the tests are signed by themselves. */
export const findings = (exchange: Exchange | undefined): readonly string[] =>
  exchange
    ? diagnose(exchange)
        .filter(({ cause }) => cause !== 'certificate')
        .map(({ code }) => code)
    : ['nothing recorded'];

/** Does something while a fault is armed. */
export const armed = async (house: House, fault: string, work: () => Promise<void>): Promise<void> => {
  const { choice } = await house.engine.control.arm(fault);
  try {
    await work();
  } finally {
    await house.engine.control.disarm(choice.key);
  }
};
