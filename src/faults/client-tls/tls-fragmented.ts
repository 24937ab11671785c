import { defineFault, noneRefuses } from '../fault.js';

export const fault = defineFault({
  id: 'tls-fragmented',
  stage: 'client-tls',
  leg: 'client',
  only: 'tls',
  title: 'TLS records are small, and messages go over several',
  about:
    'No record that we send holds more than so many bytes, so that a Certificate or a large message is cut into many records (RFC 8446 section 5.1 allows it). Every client must put them together again; some embedded ones cannot.',
  imitates: 'A server with a small record size for a fast first byte (Google, nginx ssl_buffer_size), a device with little memory.',
  params: {
    bytes: { type: 'number', default: 512, min: 512, max: 16_384, whole: true, about: 'The most payload of one record.' },
  },
  example: 'tls-fragmented:bytes=512',
  expects: [],
  effects: [{ client: 'every client', sees: 'Nothing.' }],
  refusedBy: noneRefuses,
  apply: (_, { bytes }) => ({ recordBytes: bytes }),
});
