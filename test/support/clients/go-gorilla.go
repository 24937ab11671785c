// Opens one WebSocket, or each of a list, as told by the JSON on standard input, and prints what happened as JSON.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"os"
	"time"

	"github.com/gorilla/websocket"
)

type ask struct {
	Url, Proxy, Ca, Origin, Greeting string
	Timeout                          float64
}

type outcome struct {
	Opened    bool   `json:"opened"`
	Echoed    bool   `json:"echoed"`
	Error     string `json:"error"`
	CloseCode *int   `json:"closeCode"`
}

func attempt(a ask) (seen outcome) {
	timeout := time.Duration(a.Timeout * float64(time.Second))
	dialer := websocket.Dialer{HandshakeTimeout: timeout, TLSClientConfig: &tls.Config{}}
	if a.Proxy != "" {
		proxy, _ := url.Parse(a.Proxy)
		dialer.Proxy = http.ProxyURL(proxy)
	}
	if a.Ca != "" {
		dialer.TLSClientConfig.RootCAs = x509.NewCertPool()
		dialer.TLSClientConfig.RootCAs.AppendCertsFromPEM([]byte(a.Ca))
	}
	header := http.Header{}
	if a.Origin != "" {
		header.Set("Origin", a.Origin)
	}
	socket, _, err := dialer.Dial(a.Url, header)
	if err != nil {
		seen.Error = err.Error()
		return
	}
	defer socket.Close()
	seen.Opened = true
	socket.SetReadDeadline(time.Now().Add(timeout))
	socket.WriteMessage(websocket.TextMessage, []byte(a.Greeting))
	_, data, err := socket.ReadMessage()
	seen.Echoed = err == nil && string(data) == a.Greeting
	socket.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(1000, ""), time.Now().Add(timeout))
	_, _, err = socket.ReadMessage()
	var closed *websocket.CloseError
	if errors.As(err, &closed) {
		seen.CloseCode = &closed.Code
	} else if err != nil {
		seen.Error = err.Error()
	}
	return
}

func main() {
	var given json.RawMessage
	if err := json.NewDecoder(os.Stdin).Decode(&given); err != nil {
		panic(err)
	}
	var a ask
	if json.Unmarshal(given, &a) == nil {
		json.NewEncoder(os.Stdout).Encode(attempt(a))
		return
	}
	var asks []ask
	if err := json.Unmarshal(given, &asks); err != nil {
		panic(err)
	}
	outcomes := make([]outcome, len(asks))
	for index := range asks {
		outcomes[index] = attempt(asks[index])
	}
	json.NewEncoder(os.Stdout).Encode(outcomes)
}
