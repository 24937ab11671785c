import { once } from 'node:events';
import type { Grounds } from '../grounds.js';

/** GOPATH mode: Debian's package of gorilla/websocket stands in no module file. */
const environment = { GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOFLAGS: '' };

/** Builds a program that listens on the port in its first argument, and runs it; gives that port. */
export const startGo = async (grounds: Grounds, source: string): Promise<number> => {
  const binary = `${grounds.folder}/server`;
  const build = await grounds.run(grounds.program('go'), ['build', '-o', binary, grounds.file('main.go', source)], {
    port: 0,
    env: environment,
  });
  if (build.exitCode === null) await once(build, 'exit');
  const port = await grounds.freePort();
  await grounds.run(binary, [String(port)], { port });
  return port;
};

/** net/http with gorilla/websocket at /ws; `upgrader` is the variable, `handle` stands around the handler. */
export const startGorilla = (
  grounds: Grounds,
  { upgrader, handle = 'echo' }: { readonly upgrader: string; readonly handle?: string },
): Promise<number> =>
  startGo(
    grounds,
    `package main

import (
	"log"
	"net/http"
	"os"

	"github.com/gorilla/websocket"
)

var upgrader = ${upgrader}

func echo(w http.ResponseWriter, r *http.Request) {
	c, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		log.Print(err)
		return
	}
	defer c.Close()
	for {
		kind, message, err := c.ReadMessage()
		if err != nil {
			return
		}
		c.WriteMessage(kind, message)
	}
}

// What middleware for logs does to a ResponseWriter.
type logged struct{ http.ResponseWriter }

func withLog(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { next(logged{w}, r) }
}

func main() {
	_ = withLog
	http.HandleFunc("/ws", ${handle})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Args[1], nil))
}
`,
  );
