package main

import (
	"context"
	"io"
	"log"
	"net/http"
	"net/http/httputil"

	"golang.ngrok.com/ngrok/v2"
)

// withoutTLS sends requests over HTTP/2 to an upstream without TLS. Forward of the SDK speaks HTTP/2 only with TLS, and
// has no option that asks the platform for HTTP/2. So the platform speaks HTTP/1.1 to this agent.
func (s *site) withoutTLS(
	ctx context.Context, agent ngrok.Agent, wanted *endpoint, list []ngrok.EndpointOption,
) (ngrok.Endpoint, error) {
	listener, to, err := listen(ctx, agent, wanted, list)
	if err != nil {
		return nil, err
	}
	var http2 http.Protocols
	http2.SetUnencryptedHTTP2(true)
	transport := &http.Transport{Protocols: &http2, DialContext: s.network.DialContext}
	server := &http.Server{
		Handler: &httputil.ReverseProxy{
			Rewrite: func(request *httputil.ProxyRequest) {
				request.SetURL(to)
				request.Out.Host = request.In.Host
				for _, name := range []string{"X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto"} {
					request.Out.Header[name] = request.In.Header[name]
				}
			},
			Transport:     transport,
			FlushInterval: -1,
			ErrorLog:      log.New(io.Discard, "", 0),
		},
	}
	go func() {
		_ = server.Serve(listener)
		transport.CloseIdleConnections()
	}()
	return listener, nil
}
