// Opens one WebSocket with gorilla/websocket, as told by the JSON on standard input, and prints what happened as JSON.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"time"

	"github.com/gorilla/websocket"
)

type ask struct {
	URL, Proxy, CA, Origin, Greeting string
	Protocols                        []string
	Timeout                          float64
}

type outcome struct {
	Opened    bool   `json:"opened"`
	Echoed    bool   `json:"echoed"`
	Error     string `json:"error"`
	CloseCode *int   `json:"closeCode"`
}

func attempt(a ask, said *outcome) error {
	dialer := websocket.Dialer{HandshakeTimeout: time.Duration(a.Timeout * float64(time.Second)), Subprotocols: a.Protocols}
	if a.Proxy != "" {
		proxy, err := url.Parse(a.Proxy)
		if err != nil {
			return err
		}
		dialer.Proxy = http.ProxyURL(proxy)
	}
	if a.CA != "" {
		roots := x509.NewCertPool()
		roots.AppendCertsFromPEM([]byte(a.CA))
		dialer.TLSClientConfig = &tls.Config{RootCAs: roots}
	}
	header := http.Header{}
	if a.Origin != "" {
		header.Set("Origin", a.Origin)
	}
	client, _, err := dialer.Dial(a.URL, header)
	if err != nil {
		return err
	}
	defer client.Close()
	said.Opened = true
	if err := client.WriteMessage(websocket.TextMessage, []byte(a.Greeting)); err != nil {
		return err
	}
	_, text, err := client.ReadMessage()
	if err != nil {
		return err
	}
	said.Echoed = string(text) == a.Greeting
	code := 1000
	said.CloseCode = &code
	return client.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(time.Second))
}

func main() {
	var a ask
	said := outcome{}
	if err := json.NewDecoder(os.Stdin).Decode(&a); err != nil {
		said.Error = err.Error()
	} else if err := attempt(a, &said); err != nil {
		said.Error = err.Error()
	}
	json.NewEncoder(os.Stdout).Encode(said)
}
