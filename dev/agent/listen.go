package main

import (
	"context"
	"net/url"

	"golang.ngrok.com/ngrok/v2"
)

// listen starts an endpoint whose connections this program carries itself. It also returns the URL of the upstream.
func listen(
	ctx context.Context, agent ngrok.Agent, wanted *endpoint, list []ngrok.EndpointOption,
) (ngrok.EndpointListener, *url.URL, error) {
	to, err := url.Parse(wanted.Upstream.URL)
	if err != nil {
		return nil, nil, err
	}
	listener, err := agent.Listen(ctx, list...)
	return listener, to, err
}
