import type { Act } from './script.js';
import type { Draw } from './seeded.js';

/** What a scene is made of, already on the way that it will go. */
export interface Props {
  readonly draw: Draw;
  readonly said: Buffer;
  readonly heard: Buffer;
  cut(bytes: Buffer | string): Buffer[];
}

export type Play = (props: Props) => {
  readonly client: readonly Act[];
  readonly server: readonly Act[];
  readonly answer?: string | null;
  /** The request never came whole. */
  readonly torn?: true;
  /** Bytes are overtaken by a reset, so some of them may be lost, with a proxy and without. */
  readonly lossy?: true;
};

export const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
