package main

import (
	"bufio"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"

	"golang.org/x/net/proxy"
)

// The SDK knows only proxies that speak SOCKS. The command-line agent also knows those that speak HTTP.
func init() {
	proxy.RegisterDialerType("http", func(at *url.URL, direct proxy.Dialer) (proxy.Dialer, error) {
		if at.Port() == "" {
			return nil, errors.New("proxy_url has no port")
		}
		return &httpProxy{at: at, direct: direct}, nil
	})
}

type httpProxy struct {
	at     *url.URL
	direct proxy.Dialer
}

func (p *httpProxy) Dial(network, address string) (net.Conn, error) {
	return p.DialContext(context.Background(), network, address)
}

// DialContext asks the proxy for a connection. No error has the password.
func (p *httpProxy) DialContext(_ context.Context, network, address string) (net.Conn, error) {
	conn, err := p.direct.Dial(network, p.at.Host)
	if err != nil {
		return nil, err
	}
	if err := p.ask(conn, address); err != nil {
		_ = conn.Close()
		return nil, err
	}
	return conn, nil
}

func (p *httpProxy) ask(conn net.Conn, address string) error {
	login := ""
	if p.at.User != nil {
		password, _ := p.at.User.Password()
		login = "Proxy-Authorization: Basic " +
			base64.StdEncoding.EncodeToString([]byte(p.at.User.Username()+":"+password)) + "\r\n"
	}
	if _, err := fmt.Fprintf(conn, "CONNECT %s HTTP/1.1\r\nHost: %[1]s\r\n%s\r\n", address, login); err != nil {
		return err
	}
	// Nothing follows the proxy's answer before the agent has spoken, so the reader takes no byte of the platform.
	answer, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: http.MethodConnect})
	if err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("the proxy answers %s", answer.Status)
	}
	return nil
}
