// Many tests wait: for locks, for processes and for the next second of a schedule. Twice as many as there are cores keep these at work.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
