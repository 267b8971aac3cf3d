package main

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/url"

	"golang.ngrok.com/ngrok/v2"
)

// passThrough carries the connections of a tls endpoint that the agent does not end. If the bytes are the client's own
// TLS, which the platform says for each connection, they go to the upstream as they are, also to a tls:// upstream.
// Version 1 of the SDK did this. Forward of version 2 begins TLS within TLS.
func (s *site) passThrough(
	ctx context.Context, agent ngrok.Agent, wanted *endpoint, list []ngrok.EndpointOption,
) (ngrok.Endpoint, error) {
	to, err := url.Parse(wanted.Upstream.URL)
	if err != nil {
		return nil, err
	}
	listener, err := agent.Listen(ctx, list...)
	if err != nil {
		return nil, err
	}
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go s.carry(ctx, client, to)
		}
	}()
	return listener, nil
}

func (s *site) carry(ctx context.Context, client net.Conn, to *url.URL) {
	defer client.Close()
	encrypted, known := client.(interface{ PassthroughTLS() bool })
	upstream, err := s.network.DialContext(ctx, "tcp", to.Host)
	if err != nil {
		return
	}
	defer upstream.Close()
	if to.Scheme == "tls" && !(known && encrypted.PassthroughTLS()) {
		upstream = tls.Client(upstream, &tls.Config{InsecureSkipVerify: true})
	}
	done := make(chan struct{}, 2)
	for _, each := range [][2]net.Conn{{client, upstream}, {upstream, client}} {
		go func() {
			_, _ = io.Copy(each[0], each[1])
			if half, can := each[0].(interface{ CloseWrite() error }); can {
				_ = half.CloseWrite()
			}
			done <- struct{}{}
		}()
	}
	<-done
	<-done
}
