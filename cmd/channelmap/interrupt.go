package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// grace is how long work may go on after an interrupt, to remove what it has
// written aside.
const grace = time.Second

// runInterruptible carries out a command line until it is done or interrupted.
// An interrupt ends the context, so that the work stops by itself and tidies up;
// what does not listen, such as a pipe that nobody reads, is left behind.
func runInterruptible(args []string, s streams) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	done := make(chan int, 1)
	go func() { done <- run(ctx, args, s) }()
	select {
	case code := <-done:
		return code
	case <-ctx.Done():
		stop() // a second interrupt ends the process at once
	}
	select {
	case code := <-done:
		return code
	case <-time.After(grace):
		return exitInterrupted
	}
}
