package main

import (
	"context"
	"path/filepath"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
)

// InstallDependencies fills the virtual environment of a project that has one of its own; any other stays as it is.
func (h *host) InstallDependencies(
	request *pulumirpc.InstallDependenciesRequest,
	stream grpc.ServerStreamingServer[pulumirpc.InstallDependenciesResponse],
) error {
	python, err := interpreterOf(request.Info)
	if err != nil {
		return err
	}
	folder, err := python.VirtualEnvPath(stream.Context())
	if err != nil {
		return err
	}
	if !mayInstall(request.Info, folder) {
		return nil
	}
	_, stdout, stderr, err := rpcutil.MakeInstallDependenciesStreams(stream, false)
	if err != nil {
		return err
	}
	stdout, stderr = inTurns(stdout, stderr)
	return python.InstallDependencies(
		stream.Context(), request.Info.ProgramDirectory, request.UseLanguageVersionTools, true, stdout, stderr)
}

// mayInstall refuses an environment outside the project, and a folder that declares no dependencies: installing is
// an exact sync (uv), which would empty an environment that is shared with others.
func mayInstall(info *pulumirpc.ProgramInfo, environment string) bool {
	relative, err := filepath.Rel(resolved(info.RootDirectory), resolved(environment))
	if err != nil || !filepath.IsLocal(relative) {
		return false
	}
	return exists(filepath.Join(info.ProgramDirectory, "pyproject.toml")) ||
		exists(filepath.Join(info.ProgramDirectory, "requirements.txt"))
}

// resolved follows symbolic links, as a link in the project may lead out of it. What does not exist yet stays as it is.
func resolved(path string) string {
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return path
	}
	return target
}

// About tells `pulumi about` which Python runs the program.
func (h *host) About(ctx context.Context, request *pulumirpc.AboutRequest) (*pulumirpc.AboutResponse, error) {
	python, err := interpreterOf(request.Info)
	if err != nil {
		return nil, err
	}
	about, err := python.Toolchain.About(ctx)
	if err != nil {
		return nil, err
	}
	return &pulumirpc.AboutResponse{Executable: about.PythonExecutable, Version: about.PythonVersion.String()}, nil
}

// GetProgramDependencies tells `pulumi about` which packages the program's environment holds.
func (h *host) GetProgramDependencies(
	ctx context.Context, request *pulumirpc.GetProgramDependenciesRequest,
) (*pulumirpc.GetProgramDependenciesResponse, error) {
	python, err := interpreterOf(request.Info)
	if err != nil {
		return nil, err
	}
	packages, err := python.ListPackages(ctx, request.TransitiveDependencies)
	if err != nil {
		return nil, err
	}
	response := &pulumirpc.GetProgramDependenciesResponse{}
	for _, p := range packages {
		response.Dependencies = append(response.Dependencies, &pulumirpc.DependencyInfo{Name: p.Name, Version: p.Version})
	}
	return response, nil
}
