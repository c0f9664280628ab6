package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"
)

// soon is far more than a fake program takes, and far less than the patience that a stuck one would cost.
const soon = 3 * time.Second

func TestAProgramsExitCodeTellsWhetherItsErrorWasShown(t *testing.T) {
	for script, want := range map[string]*pulumirpc.RunResponse{
		"exit 0":  {},
		"exit 1":  {Error: "the program ended with exit code 1"},
		"exit 31": {Error: "the program ended with exit code 31"},
		"exit 32": {Bail: true},
	} {
		info := project(t, script)
		got, err := newHost("", "executor").Run(
			context.Background(), &pulumirpc.RunRequest{Info: info, Pwd: info.RootDirectory})
		if err != nil {
			t.Fatal(err)
		}
		if got.Error != want.Error || got.Bail != want.Bail {
			t.Errorf("%s: got %v, want %v", script, got, want)
		}
	}
}

func TestCancelEndsAProgram(t *testing.T) {
	info := project(t, "touch started; exec sleep 60")
	h := newHost("", "executor")
	ended := make(chan error, 1)
	go func() {
		_, err := h.Run(context.Background(), &pulumirpc.RunRequest{Info: info, Pwd: info.RootDirectory})
		ended <- err
	}()
	await(t, filepath.Join(info.RootDirectory, "started"))
	if _, err := h.Cancel(context.Background(), &emptypb.Empty{}); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-ended:
		if status.Code(err) != codes.Canceled {
			t.Errorf("got %v, want canceled", err)
		}
	case <-time.After(soon):
		t.Error("the program still runs")
	}
}

func TestCancelSparesAPlugin(t *testing.T) {
	info := project(t, "touch started; while [ ! -e finish ]; do sleep 0.05; done; exit 7")
	h := newHost("", "executor")
	stream := &pluginStream{ctx: context.Background()}
	ended := make(chan error, 1)
	go func() {
		ended <- h.RunPlugin(&pulumirpc.RunPluginRequest{Info: info, Pwd: info.RootDirectory, Env: os.Environ()}, stream)
	}()
	await(t, filepath.Join(info.RootDirectory, "started"))
	if _, err := h.Cancel(context.Background(), &emptypb.Empty{}); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(info.RootDirectory, "finish"), "")
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if code := stream.exitCode(t); code != 7 {
		t.Errorf("got exit code %d, want 7, which the plugin chose", code)
	}
}

func TestTheEndOfItsCallEndsAPlugin(t *testing.T) {
	info := project(t, "touch started; exec sleep 60")
	ctx, end := context.WithCancel(context.Background())
	stream := &pluginStream{ctx: ctx}
	ended := make(chan error, 1)
	go func() {
		ended <- newHost("", "").RunPlugin(&pulumirpc.RunPluginRequest{Info: info, Pwd: info.RootDirectory}, stream)
	}()
	await(t, filepath.Join(info.RootDirectory, "started"))
	end()
	select {
	case <-ended:
	case <-time.After(soon):
		t.Error("the plugin still runs")
	}
}

func TestAProgramGetsItsConfigurationAndNeverNull(t *testing.T) {
	for _, test := range []struct {
		request *pulumirpc.RunRequest
		want    []string
	}{
		{&pulumirpc.RunRequest{}, []string{"PULUMI_CONFIG={}", "PULUMI_CONFIG_SECRET_KEYS=[]"}},
		{
			&pulumirpc.RunRequest{Config: map[string]string{"a:b": "c"}, ConfigSecretKeys: []string{"a:b"}},
			[]string{`PULUMI_CONFIG={"a:b":"c"}`, `PULUMI_CONFIG_SECRET_KEYS=["a:b"]`},
		},
	} {
		got, err := configEnviron(test.request)
		if err != nil || !slices.Equal(got, test.want) {
			t.Errorf("got %v (%v), want %v", got, err, test.want)
		}
	}
}

func TestAPluginIsRunByItsShape(t *testing.T) {
	plain, declared := t.TempDir(), t.TempDir()
	write(t, filepath.Join(declared, "pyproject.toml"),
		"[project]\nname = \"parts\"\n[build-system]\nbuild-backend = \"hatchling.build\"\n")
	for _, test := range []struct{ kind, folder, want string }{
		{"analyzer", plain, "-m pulumi.policy PORT " + plain},
		{"resource", plain, plain + " PORT"},
		{"resource", declared, "-m pulumi.run.plugin parts PORT"},
	} {
		args, err := pluginArgs(&pulumirpc.RunPluginRequest{
			Kind: test.kind, Args: []string{"PORT"},
			Info: &pulumirpc.ProgramInfo{ProgramDirectory: test.folder, EntryPoint: "."},
		})
		if got := strings.Join(args, " "); err != nil || got != test.want {
			t.Errorf("got %q (%v), want %q", got, err, test.want)
		}
	}
}

// await waits for a fake program to say that it runs.
func await(t *testing.T, path string) {
	t.Helper()
	for deadline := time.Now().Add(soon); !exists(path); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s did not appear", path)
		}
	}
}
