package main

import (
	"context"
	"runtime/debug"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/emptypb"
)

const sdkModule = "github.com/pulumi/pulumi/sdk/v3"

// host answers the engine's calls. What it does not define answers "unimplemented".
type host struct {
	pulumirpc.UnimplementedLanguageRuntimeServer

	engine   string             // address of the engine, for the programs' log lines
	executor string             // path of the SDK's script that runs a program
	programs context.Context    // ends when running programs have to
	end      context.CancelFunc // ends programs
}

func newHost(engine, executor string) *host {
	h := &host{engine: engine, executor: executor}
	h.programs, h.end = context.WithCancel(context.Background())
	return h
}

// Handshake tells the engine's address to a host that was started by hand and attached to.
func (h *host) Handshake(
	_ context.Context, request *pulumirpc.LanguageHandshakeRequest,
) (*pulumirpc.LanguageHandshakeResponse, error) {
	h.engine = request.EngineAddress
	return &pulumirpc.LanguageHandshakeResponse{}, nil
}

// GetPluginInfo gives the version of the SDK that the host was built with.
func (h *host) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	build, ok := debug.ReadBuildInfo()
	if !ok {
		return &pulumirpc.PluginInfo{}, nil
	}
	for _, module := range build.Deps {
		if module.Path == sdkModule {
			return &pulumirpc.PluginInfo{Version: module.Version}, nil
		}
	}
	return &pulumirpc.PluginInfo{}, nil
}

// Cancel ends the programs, which would otherwise wait for a resource monitor that is gone, until the engine kills
// them five seconds later. Plugins live on: a provider may be in the middle of an operation, and the engine ends it
// by ending its RunPlugin call.
func (h *host) Cancel(context.Context, *emptypb.Empty) (*emptypb.Empty, error) {
	h.end()
	return &emptypb.Empty{}, nil
}
