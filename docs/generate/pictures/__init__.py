"""Pictures of points against price, from what the rules make of the pages' own examples."""
