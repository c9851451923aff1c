// The fault loops wait more than they work, so two of them go side by side.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
