import { defineFault } from '../fault.js';
import { fromParam } from '../flow.js';

export const fault = defineFault({
  id: 'h2-stalled-window',
  stage: 'http2',
  leg: 'both',
  only: 'h2',
  title: 'The flow control of the stream stands still',
  about:
    'The WINDOW_UPDATE frames of one side (RFC 9113 section 6.9) do not reach the other for this stream. When the window is full, mostly after 64 KiB, nothing more comes, and nobody has said an end.',
  imitates: 'A proxy with a bug in its flow control, a client that has stopped reading one stream of many.',
  params: { from: { ...fromParam('client'), choices: ['client', 'server'], about: 'Whose WINDOW_UPDATE frames are kept back.' } },
  example: 'h2-stalled-window:from=client',
  expects: [],
  effects: [{ client: 'Chromium', sees: 'Messages that stop coming after some 64 KiB or more, with readyState OPEN.' }],
  apply: ({ event }, { from }) => (event === 'stream' ? { stalledWindow: from } : undefined),
});
