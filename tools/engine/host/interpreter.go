package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"syscall"
	"time"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/pulumi/pulumi/sdk/v3/python/toolchain"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// patience is how long a process may take to end after SIGTERM before it is killed.
const patience = 5 * time.Second

// interpreter is the Python that a project's runtime options ask for.
type interpreter struct{ toolchain.Toolchain }

// interpreterOf reads the runtime options of a project file. An option it does not know is refused, because leaving
// it out could run the program with another Python than the one meant.
func interpreterOf(info *pulumirpc.ProgramInfo) (interpreter, error) {
	options := toolchain.PythonOptions{Root: info.RootDirectory, ProgramDir: info.ProgramDirectory}
	for name, value := range info.Options.AsMap() {
		text, _ := value.(string)
		switch {
		case name == "virtualenv" && text != "":
			options.Virtualenv = text
		case name == "toolchain" && text == "pip":
			options.Toolchain = toolchain.Pip
		case name == "toolchain" && text == "uv":
			options.Toolchain = toolchain.Uv
		case name == "toolchain" && text == "poetry":
			options.Toolchain = toolchain.Poetry
		default:
			return interpreter{}, status.Errorf(codes.InvalidArgument,
				"python runtime option %s: got %v, allowed are virtualenv (a folder) and toolchain (pip, uv, poetry)",
				name, value)
		}
	}
	tools, err := toolchain.ResolveToolchain(options)
	return interpreter{tools}, err
}

// command prepares `python ARGS` in a folder, with the virtual environment active. A nil environment stands for the
// host's own. When ctx ends the process is asked to end, then killed.
func (p interpreter) command(ctx context.Context, folder string, environ, args []string) (*exec.Cmd, error) {
	// Unbuffered, so that a program's lines are shown when they are written.
	command, err := p.Command(ctx, append([]string{"-u"}, args...)...)
	if err != nil {
		return nil, err
	}
	// Only now, as preparing the command may be what makes the environment (uv).
	if err := p.ValidateVenv(ctx); err != nil {
		return nil, err
	}
	command.Env = command.Environ()
	if environ != nil {
		if command.Env, err = p.activated(ctx, environ); err != nil {
			return nil, err
		}
	}
	command.Dir = folder
	command.Cancel = func() error { return command.Process.Signal(syscall.SIGTERM) }
	command.WaitDelay = patience
	return command, nil
}

func (p interpreter) activated(ctx context.Context, environ []string) ([]string, error) {
	folder, err := p.VirtualEnvPath(ctx)
	if err != nil || folder == "" {
		return environ, err
	}
	return toolchain.ActivateVirtualEnv(environ, folder), nil
}

// exitCode runs a command to its end; -1 says that a signal ended it.
func exitCode(command *exec.Cmd) (int, error) {
	err := command.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode(), nil
	}
	return 0, err
}

// exists tells whether there is something at a path.
func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
