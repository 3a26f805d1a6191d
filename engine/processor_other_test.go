//go:build !linux

package engine

import "time"

// processorTime is the time on the clock where no better one is at hand.
func processorTime() time.Duration { return time.Duration(time.Now().UnixNano()) }
