// Command pulumi-language-python lets the Pulumi engine run Python.
//
// Pulumi's own host is not published as a Go module, so where only package registries are reached this one takes its
// place. It serves what this project needs: programs, policy packs, component and resource providers. It generates
// no SDKs and converts no programs; the engine reports a command that asks for either as unimplemented.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
)

// enginePulse is how often the host asks whether the engine that started it still lives.
const enginePulse = time.Minute

func main() {
	if err := serve(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "pulumi-language-python:", err)
		os.Exit(1)
	}
}

// serve answers the engine until it goes away. The engine reads the port from the first line of standard output.
func serve(args []string) error {
	engine, err := engineAddress(args)
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	if engine != "" {
		// A host whose engine was killed would stay for ever.
		leave := func() { os.Exit(1) }
		if err := rpcutil.Healthcheck(context.Background(), engine, enginePulse, leave); err != nil {
			return err
		}
	}
	languageHost := newHost(engine, filepath.Join(filepath.Dir(self), "pulumi-language-python-exec"))
	server, err := rpcutil.ServeWithOptions(rpcutil.ServeOptions{Init: func(s *grpc.Server) error {
		pulumirpc.RegisterLanguageRuntimeServer(s, languageHost)
		return nil
	}})
	if err != nil {
		return err
	}
	fmt.Println(server.Port)
	return <-server.Done
}

// engineAddress reads the command line that the engine gives to every host: its logging flags, then its own address.
func engineAddress(args []string) (string, error) {
	flags := flag.NewFlagSet("pulumi-language-python", flag.ContinueOnError)
	flags.Bool("logtostderr", false, "accepted for the engine's sake, without effect")
	flags.Int("v", 0, "accepted for the engine's sake, without effect")
	flags.String("tracing", "", "accepted for the engine's sake, without effect")
	if err := flags.Parse(args); err != nil {
		return "", err
	}
	return flags.Arg(0), nil
}
