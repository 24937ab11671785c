// An app with Node's own WebSocket and fetch, and no word about a proxy or a CA.
for (const url of process.argv.slice(2)) {
  await new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.onopen = () => socket.send(`global to ${url}`);
    socket.onmessage = ({ data }) => {
      console.log(`echo ${data}`);
      socket.close(1000);
    };
    socket.onerror = (event) => reject(new Error(`${event.message} ${event.error?.cause ?? ''}`));
    socket.onclose = resolve;
  });
  console.log((await (await fetch(url.replace(/^ws/, 'http'))).text()).trim());
}
process.exit();
