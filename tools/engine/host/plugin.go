package main

import (
	"path/filepath"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/pulumi/pulumi/sdk/v3/python/toolchain"
	"google.golang.org/grpc"
)

// RunPlugin runs a policy pack or a provider until it ends, or the engine ends the call.
func (h *host) RunPlugin(
	request *pulumirpc.RunPluginRequest, stream grpc.ServerStreamingServer[pulumirpc.RunPluginResponse],
) error {
	python, err := interpreterOf(request.Info)
	if err != nil {
		return err
	}
	args, err := pluginArgs(request)
	if err != nil {
		return err
	}
	command, err := python.command(stream.Context(), request.Pwd, request.Env, args)
	if err != nil {
		return err
	}
	_, stdout, stderr, err := rpcutil.MakeRunPluginStreams(stream, false)
	if err != nil {
		return err
	}
	command.Stdout, command.Stderr = inTurns(stdout, stderr)
	code, err := exitCode(command)
	if err != nil {
		return err
	}
	return stream.Send(&pulumirpc.RunPluginResponse{
		Output: &pulumirpc.RunPluginResponse_Exitcode{Exitcode: int32(code)},
	})
}

// pluginArgs tells the three shapes of a Python plugin apart: a policy pack, a package that only declares components
// (the SDK serves those), and a folder or file that serves itself.
func pluginArgs(request *pulumirpc.RunPluginRequest) ([]string, error) {
	folder := request.Info.ProgramDirectory
	if request.Kind == string(apitype.AnalyzerPlugin) {
		args := append([]string{"-m", "pulumi.policy"}, request.Args...)
		return append(args, folder), nil
	}
	declares, err := toolchain.IsBuildablePackage(folder)
	if err != nil {
		return nil, err
	}
	if !declares {
		return append([]string{filepath.Join(folder, request.Info.EntryPoint)}, request.Args...), nil
	}
	pyproject, err := toolchain.LoadPyproject(folder)
	if err != nil {
		return nil, err
	}
	return append([]string{"-m", "pulumi.run.plugin", pyproject.Project.Name}, request.Args...), nil
}
