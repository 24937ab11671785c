import type { Grounds } from '../grounds.js';
import { startPython } from '../python/support.js';
import type { Asking } from '../setup.js';

/** FastAPI by uvicorn, with an echo at /ws that lets one Origin in, or none. */
export const startFastApi = async (grounds: Grounds, asking: Omit<Asking, 'url'> & { readonly path: string }): Promise<Asking> => {
  const { path, ...rest } = asking;
  return { url: `ws://127.0.0.1:${await startPython(grounds, source)}${path}`, ...rest };
};

const source = `import sys
import uvicorn
from fastapi import FastAPI, WebSocket

app = FastAPI()

@app.get("/")
def root():
    return {"hello": "world"}

@app.websocket("/ws")
async def echo(socket: WebSocket):
    if socket.headers.get("origin") not in (None, "https://app.example"):
        return await socket.close(code=1008)
    await socket.accept()
    while True:
        await socket.send_text(await socket.receive_text())

@app.websocket("/boom")
async def boom(socket: WebSocket):
    raise RuntimeError("no")

uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="critical")
`;
