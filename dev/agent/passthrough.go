package main

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/url"
	"reflect"

	"golang.ngrok.com/ngrok/v2"
)

// passThrough carries the connections of a tls endpoint that the agent does not end. If the bytes are the client's own
// TLS, which the platform says for each connection, they go to the upstream as they are, also to a tls:// upstream.
// Version 1 of the SDK did this. Forward of version 2 begins TLS within TLS.
func (s *site) passThrough(
	ctx context.Context, agent ngrok.Agent, wanted *endpoint, list []ngrok.EndpointOption,
) (ngrok.Endpoint, error) {
	listener, to, err := listen(ctx, agent, wanted, list)
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
			endOutput(each[0])
			done <- struct{}{}
		}()
	}
	<-done
	<-done
}

// endOutput says that no more will be sent, and leaves the other direction open. The SDK's connections can do that, but
// they hide it in what they embed.
func endOutput(conn net.Conn) {
	for conn != nil {
		if half, can := conn.(interface{ CloseWrite() error }); can {
			_ = half.CloseWrite()
			return
		}
		conn = embedded(conn)
	}
}

// embedded returns the connection that another one embeds; nil if it embeds none.
func embedded(conn net.Conn) net.Conn {
	value := reflect.Indirect(reflect.ValueOf(conn))
	if value.Kind() != reflect.Struct {
		return nil
	}
	for i := range value.NumField() {
		if field := value.Type().Field(i); field.Anonymous && field.IsExported() {
			if inner, is := value.Field(i).Interface().(net.Conn); is {
				return inner
			}
		}
	}
	return nil
}
