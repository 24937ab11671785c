import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createBypassTally, socketHolders, tcpOf } from '../../../src/launch/run/bypass-watch.js';
import { readTcpTable, type TcpRow, tcpStates } from '../../../src/launch/run/tcp-table.js';

const tcp = [
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode                                                     ',
  '   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1001 1 0000000000000000 100 0 0 10 0                      ',
  '   1: 0100007F:C350 0100007F:0BB8 01 00000000:00000000 02:000AD1F6 00000000  1000        0 1002 2 0000000000000000 20 4 30 10 -1                    ',
  '   2: 0100007F:C351 0100007F:0BB8 06 00000000:00000000 03:00001740 00000000     0        0 0 3 0000000000000000                                      ',
].join('\n');
const tcp6 = [
  '  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
  '   0: 00000000000000000000000001000000:C352 00000000000000000000000001000000:01BB 02 00000001:00000000 01:00000019 00000000     0        0 1003 1 0000000000000000 20 0 0 10 -1',
  '   1: 0000000000000000FFFF00000100007F:C353 0000000000000000FFFF00000A00000A:01BB 01 00000000:00000000 00:00000000 00000000     0        0 1004 1 0000000000000000 20 0 0 10 -1',
].join('\n');

describe("the kernel's table of connections", () => {
  it('is read for IPv4', () => {
    expect(readTcpTable(tcp, new Set([1001, 1002]))).toEqual([
      { local: { address: '127.0.0.1', port: 8080 }, remote: { address: '0.0.0.0', port: 0 }, state: tcpStates.listen, inode: 1001 },
      {
        local: { address: '127.0.0.1', port: 50_000 },
        remote: { address: '127.0.0.1', port: 3000 },
        state: tcpStates.established,
        inode: 1002,
      },
    ]);
  });

  it('is read for IPv6, and for IPv4 on a socket that takes both', () => {
    expect(readTcpTable(tcp6, new Set([1003, 1004]))).toEqual([
      { local: { address: '::1', port: 50_002 }, remote: { address: '::1', port: 443 }, state: tcpStates.synSent, inode: 1003 },
      {
        local: { address: '127.0.0.1', port: 50_003 },
        remote: { address: '10.0.0.10', port: 443 },
        state: tcpStates.established,
        inode: 1004,
      },
    ]);
  });

  it('gives only the rows that are asked for', () => {
    expect(readTcpTable(tcp, new Set([1002]))).toHaveLength(1);
    expect(readTcpTable('nonsense\n\n', new Set([1002]))).toEqual([]);
  });
});

const row = (localPort: number, remote: string, more: Partial<TcpRow> = {}): TcpRow => {
  const [, address = '', port = ''] = /^(.*):(\d+)$/.exec(remote) ?? [];
  const local = { address: '127.0.0.1', port: localPort };
  return { local, remote: { address, port: Number(port) }, state: tcpStates.established, inode: localPort, ...more };
};
const tallied = (...rows: readonly TcpRow[]) => {
  const tally = createBypassTally(8101, () => 'node');
  for (const one of rows) tally.note([{ pid: 7, row: one }]);
  return tally.result().map(({ remote, connections }) => `${remote.address}:${remote.port} x${connections}`);
};

describe('connections that went past', () => {
  it('are counted by place, each once however often it was seen', () => {
    expect(tallied(row(1, '127.0.0.1:3000'), row(1, '127.0.0.1:3000'), row(2, '127.0.0.1:3000'), row(3, '10.0.0.1:443'))).toEqual([
      '127.0.0.1:3000 x2',
      '10.0.0.1:443 x1',
    ]);
  });

  it('are also those that nobody has answered yet', () => {
    expect(tallied(row(1, '10.0.0.1:443', { state: tcpStates.synSent }))).toEqual(['10.0.0.1:443 x1']);
  });

  it.each([
    ['to shakedown', [row(1, '127.0.0.1:8101')]],
    ['to a name server', [row(1, '10.0.0.53:53')]],
    ['to a database', [row(1, '127.0.0.1:5432')]],
    [
      "to a server of the command's own, whichever was seen first",
      [row(1, '127.0.0.1:3000'), row(3000, '0.0.0.0:0', { state: tcpStates.listen })],
    ],
    ["that a server of the command's own took", [row(3000, '10.0.0.9:50000'), row(3000, '0.0.0.0:0', { state: tcpStates.listen })]],
  ])('are not those %s', (_name, rows) => {
    expect(tallied(...rows)).toEqual([]);
  });

  it('count a far port that shakedown happens to have here', () => {
    expect(tallied(row(1, '10.0.0.1:8101'))).toEqual(['10.0.0.1:8101 x1']);
  });

  it('are held in bounded memory', () => {
    expect(tallied(...Array.from({ length: 300 }, (_, index) => row(index, `10.0.0.1:${10_000 + index}`)))).toHaveLength(100);
    expect(tallied(...Array.from({ length: 3000 }, (_, index) => row(index, '10.0.0.1:443')))).toEqual(['10.0.0.1:443 x1000']);
  });
});

describe.skipIf(!existsSync('/proc/self/net/tcp'))('a look at real sockets', () => {
  it('sees a connection of this very process', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const holders = socketHolders(process.pid);
    const held = tcpOf(holders, new Set(holders.flatMap(({ inodes }) => [...inodes])));
    socket.destroy();
    server.close();
    expect(held).toContainEqual({
      pid: process.pid,
      row: expect.objectContaining({ remote: { address: '127.0.0.1', port }, state: tcpStates.established }),
    });
  });
});
