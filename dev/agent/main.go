// Command agent runs configuration files of the ngrok agent, version 3, on ngrok's own Go SDK, as the command-line agent
// would. It is for tests against the simulator: its connections to upstreams stay on loopback.
//
//	agent [options] [ID=FILE ...]
//
// Each FILE is one agent. Standard output has one JSON object a line for each thing that happens. Standard input may
// have commands, one a line:
//
//	start ID FILE        starts a further agent
//	end ID               ends an agent in order
//	upstream ID ADDRESS=PLACE
//	                     says what represents a machine of one agent's site
//	memory               reports the bytes that the program has from the operating system
//
// The program ends with SIGTERM, with SIGINT, or at the end of standard input.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"

	"golang.ngrok.com/ngrok/v2"
)

type options struct {
	connectURL string
	connectCAs string
	network    *network
}

// event is one line of the output. Fields that say nothing are left out.
type event struct {
	At      time.Time `json:"at"`
	Agent   string    `json:"agent,omitempty"`
	Event   string    `json:"event"`
	Session string    `json:"session,omitempty"`
	Name    string    `json:"name,omitempty"`
	URL     string    `json:"url,omitempty"`
	Code    string    `json:"code,omitempty"`
	Message string    `json:"message,omitempty"`
	Memory  uint64    `json:"memory,omitempty"`
}

type events struct {
	mu      sync.Mutex
	encoder *json.Encoder
}

func (e *events) say(what event) {
	what.At = time.Now().UTC()
	e.mu.Lock()
	defer e.mu.Unlock()
	_ = e.encoder.Encode(what)
}

var errorCode = regexp.MustCompile(`ERR_NGROK_\d+`)

// code returns the platform's code of an error; empty if it has none.
func code(err error) string {
	var known ngrok.Error
	if errors.As(err, &known) && known.Code() != "" {
		return known.Code()
	}
	return errorCode.FindString(err.Error())
}

// fleet is all agents of this process, by their ids.
type fleet struct {
	options *options
	events  *events
	sites   map[string]*site
}

func (f *fleet) start(id, path string) {
	if before := f.sites[id]; before != nil {
		before.end()
	}
	f.sites[id] = startSite(id, path, f.options, f.events)
}

func (f *fleet) end() {
	var all sync.WaitGroup
	for _, each := range f.sites {
		all.Add(1)
		go func() {
			defer all.Done()
			each.end()
		}()
	}
	all.Wait()
}

func (f *fleet) obey(line string) error {
	words := strings.Fields(line)
	switch {
	case len(words) == 3 && words[0] == "start":
		f.start(words[1], words[2])
	case len(words) == 2 && words[0] == "end" && f.sites[words[1]] != nil:
		f.sites[words[1]].end()
		delete(f.sites, words[1])
	case len(words) == 3 && words[0] == "upstream" && f.sites[words[1]] != nil:
		return upstreamOption(f.sites[words[1]].network)(words[2])
	case len(words) == 1 && words[0] == "memory":
		f.events.say(event{Event: "memory", Memory: memory()})
	case len(words) == 0:
	default:
		return fmt.Errorf("unknown command %q", line)
	}
	return nil
}

// memory returns the bytes that the process has from the operating system.
func memory() uint64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.Sys
}

func upstreamOption(places *network) func(string) error {
	return func(text string) error {
		address, place, found := strings.Cut(text, "=")
		if !found {
			return errors.New("write ADDRESS=PLACE, such as 192.168.1.100:8080=127.0.0.1:9000")
		}
		places.set(address, place)
		return nil
	}
}

func main() {
	opts := &options{network: &network{places: map[string]string{}}}
	flag.StringVar(&opts.connectURL, "connect-url", "", "`HOST:PORT` to connect to, instead of connect_url in the file")
	flag.StringVar(&opts.connectCAs, "connect-cas", "", "`FILE` of authorities, instead of connect_cas in the file")
	flag.Func("upstream", "`ADDRESS=PLACE`: what represents a machine of the site; may be repeated",
		upstreamOption(opts.network))
	flag.Parse()

	output := &events{encoder: json.NewEncoder(os.Stdout)}
	agents := &fleet{options: opts, events: output, sites: map[string]*site{}}
	for _, argument := range flag.Args() {
		id, path, found := strings.Cut(argument, "=")
		if !found {
			fmt.Fprintf(os.Stderr, "agent: %q is not ID=FILE\n", argument)
			os.Exit(2)
		}
		agents.start(id, path)
	}

	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT)
	lines := make(chan string)
	go func() {
		defer close(lines)
		for input := bufio.NewScanner(os.Stdin); input.Scan(); {
			lines <- input.Text()
		}
	}()
	for running := true; running; {
		select {
		case <-signals:
			running = false
		case line, more := <-lines:
			if running = more; more {
				if err := agents.obey(line); err != nil {
					output.say(event{Event: "failed", Message: err.Error()})
				}
			}
		}
	}
	agents.end()
}
