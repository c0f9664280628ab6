package main

import (
	"io"
	"sync"
)

// turnWriter passes writes on while it holds a lock that it shares with another writer.
type turnWriter struct {
	turn *sync.Mutex
	to   io.Writer
}

func (w turnWriter) Write(p []byte) (int, error) {
	w.turn.Lock()
	defer w.turn.Unlock()
	return w.to.Write(p)
}

// inTurns makes two writers safe to use at once. Standard output and error of one process end in one gRPC stream,
// whose Send must not be called from two goroutines.
func inTurns(a, b io.Writer) (io.Writer, io.Writer) {
	turn := &sync.Mutex{}
	return turnWriter{turn, a}, turnWriter{turn, b}
}
