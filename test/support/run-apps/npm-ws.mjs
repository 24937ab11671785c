// An app as people write it: npm's ws, with no word about a proxy or a CA. Each URL is opened in turn and has one message echoed.
import { WebSocket } from 'ws';

for (const url of process.argv.slice(2)) {
  await new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.on('open', () => socket.send(`ws to ${url}`));
    socket.on('message', (data) => {
      console.log(`echo ${data}`);
      socket.close(1000);
    });
    socket.on('error', reject);
    socket.on('close', resolve);
  });
}
