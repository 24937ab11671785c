import type { Setup } from '../setup.js';
import { startGo } from './support.js';

export const setup: Setup = {
  id: 'go-plain',
  title: "Go's net/http with an ordinary handler at the path: 200",
  needs: ['go'],
  cause: 'server',
  codes: ['server.status-200', 'server.no-upgrade-handler'],
  start: async (grounds) => ({
    url: `ws://127.0.0.1:${await startGo(
      grounds,
      `package main

import (
	"fmt"
	"net/http"
	"os"
)

func main() {
	http.HandleFunc("/ws", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "hello") })
	http.ListenAndServe("127.0.0.1:"+os.Args[1], nil)
}
`,
    )}/ws`,
  }),
};
