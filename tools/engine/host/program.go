package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strconv"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/status"
)

// alreadyExplained is the executor's exit code for an error that it has shown to the user itself.
const alreadyExplained = 32

// Run runs a program to its end, or to the engine's Cancel.
func (h *host) Run(ctx context.Context, request *pulumirpc.RunRequest) (*pulumirpc.RunResponse, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	defer context.AfterFunc(h.programs, stop)()

	python, err := interpreterOf(request.Info)
	if err != nil {
		return nil, err
	}
	command, err := python.command(ctx, request.Pwd, nil, h.executorArgs(request))
	if err != nil {
		return nil, err
	}
	settings, err := configEnviron(request)
	if err != nil {
		return nil, err
	}
	command.Env = append(command.Env, settings...)
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	code, err := exitCode(command)
	if ctx.Err() != nil {
		return nil, status.FromContextError(ctx.Err()).Err()
	}
	return runResponse(code), err
}

func runResponse(code int) *pulumirpc.RunResponse {
	switch code {
	case 0:
		return &pulumirpc.RunResponse{}
	case alreadyExplained:
		return &pulumirpc.RunResponse{Bail: true}
	default:
		return &pulumirpc.RunResponse{Error: fmt.Sprintf("the program ended with exit code %d", code)}
	}
}

// executorArgs is the executor's command line (python/cmd/pulumi-language-python-exec in the SDK's module).
func (h *host) executorArgs(request *pulumirpc.RunRequest) []string {
	args := []string{
		h.executor,
		"--engine=" + h.engine,
		"--monitor=" + request.MonitorAddress,
		"--organization=" + request.Organization,
		"--project=" + request.Project,
		"--stack=" + request.Stack,
		"--root_directory=" + request.Info.RootDirectory,
		"--pwd=" + request.Pwd,
		"--dry_run=" + strconv.FormatBool(request.DryRun),
		"--parallel=" + strconv.Itoa(int(request.Parallel)),
		"--",
		request.Info.EntryPoint,
	}
	return append(args, request.Args...)
}

// configEnviron hands the stack's configuration to the SDK, which reads it from the environment so that secrets do
// not show in the process list.
func configEnviron(request *pulumirpc.RunRequest) ([]string, error) {
	// The SDK does not take null, which is what nil would be in JSON.
	config, secrets := request.Config, request.ConfigSecretKeys
	if config == nil {
		config = map[string]string{}
	}
	if secrets == nil {
		secrets = []string{}
	}
	configText, err := json.Marshal(config)
	if err != nil {
		return nil, err
	}
	secretsText, err := json.Marshal(secrets)
	if err != nil {
		return nil, err
	}
	return []string{"PULUMI_CONFIG=" + string(configText), "PULUMI_CONFIG_SECRET_KEYS=" + string(secretsText)}, nil
}
